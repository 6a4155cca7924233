package dev.duckpond.tera;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
final class Nearest {
  /** Longer names are not compared. */
  private static final int MAX_LENGTH = 64;

  private Nearest() {}

  /** Finds the candidate with the fewest letters to change, when those are a third at most. */
  static Optional<String> find(String name, Collection<String> candidates) {
    // Never all letters: a name of one letter is near to nothing.
    int allowed = Math.min(Math.max(1, name.length() / 3), name.length() - 1);
    return candidates.stream()
        .filter(candidate -> distance(name, candidate) <= allowed)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Says {@code Did you mean `x`?}, or the other sentence when nothing is near. */
  static String sentence(String name, Collection<String> candidates, String otherwise) {
    return find(name, candidates).map(near -> "Did you mean `" + near + "`?").orElse(otherwise);
  }

  /** Counts letters to insert, drop, replace or swap with their neighbour. */
  private static int distance(String left, String right) {
    if (left.length() > MAX_LENGTH || right.length() > MAX_LENGTH) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        best = Math.min(best, cost[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[left.length()][right.length()];
  }
}
