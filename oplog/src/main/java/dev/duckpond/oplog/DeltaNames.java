package dev.duckpond.oplog;

import java.nio.file.Path;
import java.util.Locale;

/** Names the files of a Delta log, as its protocol lays down. */
final class DeltaNames {
  private static final int DIGITS = 20;
  private static final String COMMIT_SUFFIX = ".json";

  private DeltaNames() {}

  /** Answers the file of commit {@code version} in the directory {@code _delta_log}. */
  static Path commit(Path deltaLog, long version) {
    return deltaLog.resolve(
        String.format(Locale.ROOT, "%0" + DIGITS + "d", version) + COMMIT_SUFFIX);
  }

  static boolean isCommit(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.length() == DIGITS + COMMIT_SUFFIX.length()
        && name.endsWith(COMMIT_SUFFIX)
        && name.chars().limit(DIGITS).allMatch(c -> c >= '0' && c <= '9');
  }
}
