package dev.duckpond.tera;

import dev.duckpond.tera.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into words. Comments, {@code raw} sections and the whitespace that {@code -}
 * removes are gone afterwards; {@link WordLexer} cuts what is between the brackets.
 */
final class Lexer {
  private final Source source;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  /** Where the text not yet handed on begins. */
  private int at;

  /** Whether whitespace at {@link #at} is dropped. */
  private boolean trimming;

  private Lexer(Source source) {
    this.source = source;
    this.text = source.text();
  }

  static List<Token> tokens(Source source) {
    if (source.text().length() > Limits.MAX_SOURCE_CHARS) {
      throw new Span(source, 0, 1)
          .fault(
              "the template is longer than " + Limits.MAX_SOURCE_CHARS + " characters",
              "Divide it into templates that include each other.");
    }
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    for (int open = nextOpen(0); open >= 0; open = nextOpen(at)) {
      boolean dash = open + 2 < text.length() && text.charAt(open + 2) == '-';
      addText(open, dash);
      int body = dash ? open + 3 : open + 2;
      switch (text.charAt(open + 1)) {
        case '#' -> comment(open, body);
        case '{' -> words(Kind.OUTPUT_OPEN, Kind.OUTPUT_CLOSE, open, body);
        default -> tag(open, body);
      }
    }
    addText(text.length(), false);
    tokens.add(new Token(Kind.END, "", span(text.length(), text.length())));
  }

  /** Finds the next opening bracket. */
  private int nextOpen(int from) {
    for (int i = text.indexOf('{', from); i >= 0; i = text.indexOf('{', i + 1)) {
      if (i + 1 < text.length() && "{%#".indexOf(text.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private void addText(int end, boolean trimEnd) {
    addText(at, end, trimEnd);
  }

  private void addText(int start, int end, boolean trimEnd) {
    String piece = text.substring(start, end);
    if (trimming) {
      piece = piece.stripLeading();
    }
    if (trimEnd) {
      piece = piece.stripTrailing();
    }
    if (!piece.isEmpty()) {
      tokens.add(new Token(Kind.TEXT, piece, span(start, end)));
    }
    trimming = false;
  }

  private void comment(int open, int body) {
    int close = text.indexOf("#}", body);
    if (close < 0) {
      throw span(open, open + 2).fault("the comment has no end", "Close it with `#}`.");
    }
    trimming = close > body && text.charAt(close - 1) == '-';
    at = close + 2;
  }

  private void words(Kind opening, Kind closing, int open, int body) {
    tokens.add(new Token(opening, text.substring(open, open + 2), span(open, body)));
    String close = closing == Kind.OUTPUT_CLOSE ? "}}" : "%}";
    WordLexer words = new WordLexer(source, body, close, tokens);
    int end = words.run(span(open, open + 2));
    tokens.add(new Token(closing, close, span(end - 2, end)));
    trimming = words.endsWithDash();
    at = end;
  }

  private void tag(int open, int body) {
    int first = tokens.size() + 1;
    words(Kind.TAG_OPEN, Kind.TAG_CLOSE, open, body);
    Token keyword = tokens.get(first);
    boolean alone = tokens.size() == first + 2;
    if (alone && keyword.isName("raw")) {
      tokens.subList(first - 1, tokens.size()).clear();
      raw(keyword.at());
    } else if (keyword.isName("extends") || keyword.isName("import")) {
      trimming = true;
      dropBlankBefore(first - 1);
    }
  }

  /** Drops whitespace before a tag at the top of a template, as Tera does. */
  private void dropBlankBefore(int tag) {
    if (tag > 0 && tokens.get(tag - 1).is(Kind.TEXT) && tokens.get(tag - 1).text().isBlank()) {
      tokens.remove(tag - 1);
    }
  }

  /** Takes everything up to {@code endraw} as it stands. */
  private void raw(Span keyword) {
    for (int open = text.indexOf("{%", at); open >= 0; open = text.indexOf("{%", open + 2)) {
      int name = open + 2;
      boolean dash = name < text.length() && text.charAt(name) == '-';
      name = skipBlank(dash ? name + 1 : name);
      if (!text.startsWith("endraw", name)) {
        continue;
      }
      int close = skipBlank(name + "endraw".length());
      boolean trimAfter = close < text.length() && text.charAt(close) == '-';
      close = trimAfter ? close + 1 : close;
      if (text.startsWith("%}", close)) {
        addText(at, open, dash);
        trimming = trimAfter;
        at = close + 2;
        return;
      }
    }
    throw keyword.fault("the `raw` section has no end", "Close it with `{% endraw %}`.");
  }

  private int skipBlank(int from) {
    int i = from;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private Span span(int start, int end) {
    return new Span(source, start, end);
  }
}
