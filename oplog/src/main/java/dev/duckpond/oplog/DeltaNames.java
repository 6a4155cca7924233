package dev.duckpond.oplog;

import java.nio.file.Path;

/** Names the files of a Delta log, as its protocol lays down. */
final class DeltaNames {
  private static final int DIGITS = 20;
  private static final String COMMIT_SUFFIX = ".json";
  private static final String CHECKPOINT = ".checkpoint.";

  private DeltaNames() {}

  /** Answers the file of commit {@code version} in the directory {@code _delta_log}. */
  static Path commit(Path deltaLog, long version) {
    String number = Long.toString(version);
    return deltaLog.resolve("0".repeat(DIGITS - number.length()) + number + COMMIT_SUFFIX);
  }

  /** Answers the number of a commit or checkpoint by its name. */
  static long version(Path file) {
    return Long.parseLong(String.valueOf(file.getFileName()).substring(0, DIGITS));
  }

  /** Tells whether a file is a checkpoint, or a part of one. */
  static boolean isCheckpoint(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.length() > DIGITS
        && name.startsWith(CHECKPOINT, DIGITS)
        && name.endsWith(".parquet")
        && name.chars().limit(DIGITS).allMatch(c -> c >= '0' && c <= '9');
  }

  static boolean isCommit(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.length() == DIGITS + COMMIT_SUFFIX.length()
        && name.endsWith(COMMIT_SUFFIX)
        && name.chars().limit(DIGITS).allMatch(c -> c >= '0' && c <= '9');
  }
}
