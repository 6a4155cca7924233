package dev.duckpond.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a command line of a transcript as a shell would: words with {@code '…'}, {@code "…"} and
 * backslashes, variables before the first word, {@code <FILE} and {@code >FILE}.
 */
record ShellWords(
    Map<String, String> variables,
    List<String> words,
    Optional<String> inputFile,
    Optional<String> outputFile) {

  static ShellWords parse(String line) {
    List<String> words = split(line);
    Map<String, String> variables = new LinkedHashMap<>();
    while (!words.isEmpty() && words.getFirst().matches("[A-Z_][A-Z0-9_]*=.*")) {
      String word = words.removeFirst();
      int equals = word.indexOf('=');
      variables.put(word.substring(0, equals), word.substring(equals + 1));
    }
    Optional<String> input = redirection(words, "<");
    Optional<String> output = redirection(words, ">");
    return new ShellWords(variables, words, input, output);
  }

  private static Optional<String> redirection(List<String> words, String sign) {
    int at = words.indexOf(sign);
    if (at < 0) {
      return Optional.empty();
    }
    words.remove(at);
    return Optional.of(words.remove(at));
  }

  private static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean started = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else if (c == '\\' && quote == '"' && i + 1 < line.length()) {
          word.append(line.charAt(++i));
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        started = true;
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        started = true;
      } else if (c == ' ') {
        if (started) {
          words.add(word.toString());
          word.setLength(0);
          started = false;
        }
      } else {
        word.append(c);
        started = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("quote left open: " + line);
    }
    if (started) {
      words.add(word.toString());
    }
    return words;
  }
}
