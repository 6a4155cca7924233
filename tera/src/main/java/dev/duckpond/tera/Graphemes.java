package dev.duckpond.tera;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts text into what a reader takes for characters. */
final class Graphemes {
  /** Few characters have more units. */
  private static final long USUAL_LENGTH = 32;

  private Graphemes() {}

  /** Answers where the first so many characters end; the end of the text when it has no more. */
  static int end(String text, int count) {
    // Only the start of a long text is looked at, unless its characters are unusually long.
    int usual = (int) Math.min(text.length(), USUAL_LENGTH * (count + 1L));
    int end = breakAfter(text.substring(0, usual), count);
    return end < usual ? end : breakAfter(text, count);
  }

  private static int breakAfter(String text, int count) {
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    int end = breaks.first();
    for (int i = 0; i < count && end < text.length(); i++) {
      end = breaks.next();
    }
    return end;
  }

  static List<String> of(String text) {
    List<String> found = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      found.add(text.substring(start, end));
      start = end;
    }
    return found;
  }
}
