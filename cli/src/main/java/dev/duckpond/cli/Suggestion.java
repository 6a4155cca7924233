package dev.duckpond.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody may have meant. */
final class Suggestion {
  private Suggestion() {}

  /**
   * Finds the candidate nearest to a word: fewest letters inserted, removed, replaced or swapped
   * with the neighbour, at most one in three; else one that the word is the beginning of.
   */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, wanted.length() / 3);
    String best = null;
    int bestDistance = limit + 1;
    for (String candidate : candidates.stream().sorted().toList()) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    if (best != null) {
      return Optional.of(best);
    }
    return candidates.stream()
        .filter(candidate -> wanted.length() > 1 && candidate.startsWith(wanted))
        .sorted()
        .findFirst();
  }

  /** Answers the question to append to an error: {@code Did you mean 'list'?}, or nothing. */
  static String question(String word, Collection<String> candidates) {
    return nearest(word, candidates).map(near -> "did you mean '" + near + "'?").orElse("");
  }

  /** Answers the optimal string alignment distance (Damerau–Levenshtein, no letter moved twice). */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + replace);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[from.length()][to.length()];
  }
}
