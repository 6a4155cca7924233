package dev.duckpond.cli;

/** Quotes words as a POSIX shell reads them. */
final class ShellText {
  private ShellText() {}

  /** Answers the word, in quotes where it needs them. */
  static String quote(String word) {
    if (word.matches("[A-Za-z0-9_./:=@%+,-]+")) {
      return word;
    }
    // In double quotes an interactive shell still obeys '!'.
    if (word.contains("'") && !word.contains("!")) {
      return "\"" + word.replaceAll("([\\\\\"$`])", "\\\\$1") + "\"";
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
