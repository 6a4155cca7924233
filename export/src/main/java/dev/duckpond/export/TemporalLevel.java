package dev.duckpond.export;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A part of the date by which an export is cut into directories, from the coarsest to the finest.
 */
public enum TemporalLevel {
  YEAR,
  MONTH,
  DAY,
  HOUR,
  MINUTE,
  SECOND;

  /** Answers the name of the partition column, {@code year} for instance. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a list such as {@code year,month,day}; the empty text has no levels.
   *
   * @throws PondException.Usage when a word is not a level, or one before it is missing
   */
  public static List<TemporalLevel> parse(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    List<TemporalLevel> out = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      TemporalLevel expected = out.size() < values().length ? values()[out.size()] : null;
      if (expected == null || !expected.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
        throw new PondException.Usage(
            "the levels '" + text + "' cannot be used",
            reason(word.strip().toLowerCase(Locale.ROOT)),
            "Write a beginning of " + String.join(",", words()) + ".");
      }
      out.add(expected);
    }
    return List.copyOf(out);
  }

  private static String reason(String word) {
    if (words().contains(word)) {
      return "each level needs those before it, in order";
    }
    String question = DidYouMean.question(word, words());
    return "there is no level '" + word + "'" + (question.isEmpty() ? "" : ", " + question);
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(TemporalLevel::word).toList();
  }

  int value(LocalDateTime time) {
    return switch (this) {
      case YEAR -> time.getYear();
      case MONTH -> time.getMonthValue();
      case DAY -> time.getDayOfMonth();
      case HOUR -> time.getHour();
      case MINUTE -> time.getMinute();
      case SECOND -> time.getSecond();
    };
  }
}
