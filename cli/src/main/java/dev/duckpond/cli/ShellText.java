package dev.duckpond.cli;

/** Quotes words as a POSIX shell reads them. */
final class ShellText {
  private ShellText() {}

  /** Answers the word, in single quotes where it needs them. */
  static String quote(String word) {
    boolean plain = word.matches("[A-Za-z0-9_./:=@%+,-]+");
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
