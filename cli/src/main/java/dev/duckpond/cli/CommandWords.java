package dev.duckpond.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a command line into the word that names the command and all others.
 *
 * <p>Options may stand before and after the command; those before are handed to it as if they stood
 * after it.
 *
 * @param command the first word that is neither an option nor the value of one
 * @param others all other words, in order
 */
record CommandWords(Optional<String> command, List<String> others) {
  CommandWords {
    others = List.copyOf(others);
  }

  /** Splits the words after {@code pond}. */
  static CommandWords of(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        break;
      }
      if (!word.startsWith("-") || word.equals("-")) {
        List<String> others = new ArrayList<>(words);
        others.remove(i);
        return new CommandWords(Optional.of(word), others);
      }
      if (CommonOptions.LEADING_WITH_VALUE.contains(word)) {
        i++;
      }
    }
    return new CommandWords(Optional.empty(), words);
  }
}
