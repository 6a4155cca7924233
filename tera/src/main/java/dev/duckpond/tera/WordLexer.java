package dev.duckpond.tera;

import dev.duckpond.tera.Token.Kind;
import java.util.List;

/** Cuts what stands between {@code {{ }}} or <code>{% %}</code> into words. */
final class WordLexer {
  private static final List<String> LONG_SYMBOLS = List.of("==", "!=", "<=", ">=", "::");
  private static final String SYMBOLS = "+-*/%~|.,:()[]<>=";

  private final Source source;
  private final String text;
  private final String close;
  private final List<Token> tokens;
  private int at;
  private boolean dashed;

  WordLexer(Source source, int start, String close, List<Token> tokens) {
    this.source = source;
    this.text = source.text();
    this.at = start;
    this.close = close;
    this.tokens = tokens;
  }

  /** Adds the words up to the closing bracket, and answers where that ends. */
  int run(Span open) {
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at >= text.length()) {
        throw open.fault(
            "`" + text.substring(open.start(), open.end()) + "` has no end",
            "Close it with `" + close + "`.");
      }
      dashed = text.charAt(at) == '-' && text.startsWith(close, at + 1);
      if (dashed || text.startsWith(close, at)) {
        return at + (dashed ? 3 : 2);
      }
      word();
    }
  }

  boolean endsWithDash() {
    return dashed;
  }

  private void word() {
    char first = text.charAt(at);
    if (isNamePart(first) && (!isDigit(first) || tokens.getLast().isSymbol("."))) {
      add(Kind.NAME, endOfName(at));
    } else if (isDigit(first)) {
      number();
    } else if (first == '"' || first == '\'' || first == '`') {
      string(first);
    } else {
      symbol(first);
    }
  }

  private void number() {
    int end = endOfDigits(at);
    boolean decimal =
        end + 1 < text.length() && text.charAt(end) == '.' && isDigit(text.charAt(end + 1));
    if (decimal) {
      end = endOfDigits(end + 1);
    }
    if (text.charAt(at) == '0' && end > at + 1 && text.charAt(at + 1) != '.') {
      throw span(end).fault("a number does not begin with 0", "Leave the zeros out.");
    }
    if (end < text.length() && isNamePart(text.charAt(end))) {
      throw span(endOfName(end))
          .fault("a name does not begin with a digit", "Begin it with a letter.");
    }
    add(decimal ? Kind.FLOAT : Kind.INTEGER, end);
  }

  private void string(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw span(at + 1).fault("the string has no end", "Close it with " + quote + ".");
    }
    tokens.add(new Token(Kind.STRING, text.substring(at + 1, end), span(end + 1)));
    at = end + 1;
  }

  private void symbol(char first) {
    for (String symbol : LONG_SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        add(Kind.SYMBOL, at + 2);
        return;
      }
    }
    if (SYMBOLS.indexOf(first) < 0) {
      int end = text.offsetByCodePoints(at, 1);
      throw span(end).fault("unexpected `" + text.substring(at, end) + "`", remedy(first));
    }
    add(Kind.SYMBOL, at + 1);
  }

  private static String remedy(char unexpected) {
    return switch (unexpected) {
      case '&' -> "Write `and`.";
      case '!' -> "Write `not`.";
      case '{', '}' -> "Tera has no object literals; brackets of templates do not nest.";
      default -> "";
    };
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), span(end)));
    at = end;
  }

  private int endOfName(int from) {
    int i = from;
    while (i < text.length() && isNamePart(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private int endOfDigits(int from) {
    int i = from;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private Span span(int end) {
    return new Span(source, at, end);
  }
}
