package dev.duckpond.tera;

/** Answers whether a place in a text is what a sign of a regular expression means. */
final class RegexPlaces {
  private RegexPlaces() {}

  static boolean start(String text, int at) {
    return at == 0;
  }

  static boolean end(String text, int at) {
    return at == text.length();
  }

  static boolean startOfLine(String text, int at) {
    return at == 0 || text.charAt(at - 1) == '\n';
  }

  static boolean endOfLine(String text, int at) {
    return at == text.length() || text.charAt(at) == '\n';
  }

  static boolean wordBoundary(String text, int at) {
    boolean before = at > 0 && RegexClasses.isWord(text.codePointBefore(at));
    boolean after = at < text.length() && RegexClasses.isWord(text.codePointAt(at));
    return before != after;
  }

  static boolean noWordBoundary(String text, int at) {
    return !wordBoundary(text, at);
  }
}
