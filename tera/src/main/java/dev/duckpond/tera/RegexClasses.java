package dev.duckpond.tera;

import java.util.List;
import java.util.function.IntPredicate;

/** Parses the sets of characters of a regular expression: {@code [a-z\d]}, {@code \w}. */
final class RegexClasses {
  private static final List<String> POSIX =
      List.of("alpha", "digit", "alnum", "upper", "lower", "space", "punct", "xdigit", "word");

  private final String pattern;
  private int at;

  RegexClasses(String pattern) {
    this.pattern = pattern;
  }

  /** Answers where the set parsed last ended. */
  int end() {
    return at;
  }

  /** Parses the set between square brackets that begins at a place. */
  IntPredicate bracket(int start) {
    at = start + 1;
    boolean negated = accept("^");
    IntPredicate set = _ -> false;
    boolean first = true;
    while (first || !pattern.startsWith("]", at)) {
      set = set.or(part());
      first = false;
    }
    at++;
    return negated ? set.negate() : set;
  }

  /** Parses the escape that begins at a place. */
  IntPredicate escape(int start) {
    at = start;
    return escape();
  }

  private IntPredicate part() {
    if (at >= pattern.length()) {
      throw invalid("`[` without `]`");
    }
    if (pattern.startsWith("[:", at)) {
      return posix();
    }
    if (pattern.startsWith("[", at)) {
      throw invalid("brackets do not nest");
    }
    int low = literal();
    if (low < 0) {
      return escape();
    }
    boolean range = pattern.startsWith("-", at) && !pattern.startsWith("-]", at);
    if (!range) {
      return c -> c == low;
    }
    at++;
    int high = at < pattern.length() ? literal() : -1;
    if (high < low) {
      throw invalid("a range goes from one character up to another");
    }
    return c -> c >= low && c <= high;
  }

  /** Takes one character that stands for itself, escaped or not; -1 when a set is next. */
  private int literal() {
    if (pattern.charAt(at) != '\\') {
      int c = pattern.codePointAt(at);
      at += Character.charCount(c);
      return c;
    }
    char escaped = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    if (escaped == 'x' || escaped == 'u') {
      at += 2;
      return hexadecimal();
    }
    int control = "ntrfva0".indexOf(escaped);
    if (control >= 0) {
      at += 2;
      return "\n\t\r\f\u000b\u0007\0".charAt(control);
    }
    if (escaped > ' ' && escaped < 0x7f && !Character.isLetterOrDigit(escaped)) {
      at += 2;
      return escaped;
    }
    return -1;
  }

  private int hexadecimal() {
    boolean braced = accept("{");
    int end = braced ? pattern.indexOf('}', at) : at + 2;
    String digits = end < at || end > pattern.length() ? "" : pattern.substring(at, end);
    if (!digits.matches("[0-9A-Fa-f]{1,6}")) {
      throw invalid("expected hexadecimal digits");
    }
    at = braced ? end + 1 : end;
    return Integer.parseInt(digits, 16);
  }

  private IntPredicate escape() {
    int literal = literal();
    if (literal >= 0) {
      return c -> c == literal;
    }
    char letter = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    at += 2;
    return switch (letter) {
      case 'd' -> Character::isDigit;
      case 'D' -> c -> !Character.isDigit(c);
      case 's' -> RegexClasses::isSpace;
      case 'S' -> c -> !isSpace(c);
      case 'w' -> RegexClasses::isWord;
      case 'W' -> c -> !isWord(c);
      case 'p' -> category();
      case 'P' -> category().negate();
      default -> throw invalid("there is no `\\" + letter + "`");
    };
  }

  private IntPredicate category() {
    boolean braced = accept("{");
    int end = braced ? pattern.indexOf('}', at) : at + 1;
    String name = end < at || end > pattern.length() ? "" : pattern.substring(at, end);
    at = braced ? end + 1 : end;
    return switch (name) {
      case "L", "Letter", "Alphabetic" -> Character::isLetter;
      case "Lu", "Uppercase" -> Character::isUpperCase;
      case "Ll", "Lowercase" -> Character::isLowerCase;
      case "N", "Nd" -> Character::isDigit;
      case "P" -> RegexClasses::isPunctuation;
      case "Z", "Zs", "White_Space" -> RegexClasses::isSpace;
      default -> throw invalid("there is no category `" + name + "`");
    };
  }

  private IntPredicate posix() {
    int end = pattern.indexOf(":]", at + 2);
    String name = end < 0 ? "" : pattern.substring(at + 2, end);
    at = end < 0 ? at : end + 2;
    return switch (POSIX.indexOf(name)) {
      case 0 -> c -> c < 0x80 && Character.isLetter(c);
      case 1 -> c -> c >= '0' && c <= '9';
      case 2 -> c -> c < 0x80 && Character.isLetterOrDigit(c);
      case 3 -> c -> c >= 'A' && c <= 'Z';
      case 4 -> c -> c >= 'a' && c <= 'z';
      case 5 -> c -> c < 0x80 && isSpace(c);
      case 6 -> c -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
      case 7 -> c -> c < 0x80 && Character.digit(c, 16) >= 0;
      case 8 -> c -> c < 0x80 && isWord(c);
      default -> throw invalid("there is no set `[:" + name + ":]`");
    };
  }

  static boolean isWord(int c) {
    return Character.isLetterOrDigit(c)
        || c == '_'
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isPunctuation(int c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private boolean accept(String symbol) {
    boolean there = pattern.startsWith(symbol, at);
    at += there ? symbol.length() : 0;
    return there;
  }

  private CallException invalid(String problem) {
    return new CallException(
        "`" + pattern + "` is no regular expression: " + problem,
        "Put a backslash before a character that is meant itself.");
  }
}
