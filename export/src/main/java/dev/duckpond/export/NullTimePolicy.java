package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import java.util.Locale;

/** Says what happens to rows without a time. */
public enum NullTimePolicy {
  /** The export of that target fails, and says how many there are. */
  FAIL,
  /** They are left out. */
  SKIP,
  /**
   * They go to {@code year=__HIVE_DEFAULT_PARTITION__}, or last in a file that is not cut by time;
   * also when the export keeps to a range of time, which they may belong to.
   */
  PARTITION;

  /** Answers the word that the command line uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a word.
   *
   * @throws PondException.Usage when it is none of them
   */
  public static NullTimePolicy parse(String word) {
    for (NullTimePolicy policy : values()) {
      if (policy.word().equals(word)) {
        return policy;
      }
    }
    throw new PondException.Usage(
        "'" + word + "' does not say what to do with rows without a time",
        "",
        "Write fail, skip or partition.");
  }
}
