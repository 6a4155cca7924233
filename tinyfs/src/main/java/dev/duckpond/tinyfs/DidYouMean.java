package dev.duckpond.tinyfs;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant by a name that does not exist; the one place that does. */
public final class DidYouMean {
  /** Texts longer than this are compared by their ends only: nobody mistypes the middle of them. */
  private static final int MAX_COMPARED_CHARS = 200;

  /** Letters per mistake that are forgiven. */
  private static final int LETTERS_PER_MISTAKE = 3;

  /** Letters from which on the beginning of a name may stand for it. */
  private static final int MIN_BEGINNING_CHARS = 2;

  private DidYouMean() {}

  /**
   * Finds the name with the fewest letters inserted, removed, replaced or swapped with the
   * neighbour, at most one in three; else the first that begins like this. Letter case does not
   * count; of equals the first in order is taken.
   */
  public static Optional<String> closest(String name, Collection<String> known) {
    String wanted = comparable(name);
    String best = null;
    int fewest = Math.max(1, name.length() / LETTERS_PER_MISTAKE) + 1;
    for (String candidate : known.stream().sorted().toList()) {
      int mistakes = distance(wanted, comparable(candidate), fewest);
      if (mistakes < fewest) {
        fewest = mistakes;
        best = candidate;
      }
    }
    return best != null ? Optional.of(best) : beginningWith(wanted, known);
  }

  private static Optional<String> beginningWith(String wanted, Collection<String> known) {
    return known.stream()
        .filter(candidate -> wanted.length() >= MIN_BEGINNING_CHARS)
        .filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(wanted))
        .sorted()
        .findFirst();
  }

  /** Answers {@code did you mean 'x'?} to stand after a colon, or nothing. */
  public static String question(String name, Collection<String> known) {
    return closest(name, known).map(found -> "did you mean '" + found + "'?").orElse("");
  }

  /** Answers the sentence {@code Did you mean 'x'?}, or the fallback when nothing is close. */
  public static String sentence(String name, Collection<String> known, String fallback) {
    return closest(name, known).map(found -> "Did you mean '" + found + "'?").orElse(fallback);
  }

  private static String comparable(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.length() <= MAX_COMPARED_CHARS
        ? lower
        : lower.substring(lower.length() - MAX_COMPARED_CHARS);
  }

  /** Counts inserted, removed, replaced and swapped letters; gives up at {@code limit}. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
