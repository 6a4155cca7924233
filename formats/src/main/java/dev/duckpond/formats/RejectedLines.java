package dev.duckpond.formats;

import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;

/** Counts the lines of a file and those that are left out. */
final class RejectedLines {
  /** Problems that are told in full. */
  private static final int MAX_TOLD = 5;

  private static final int MAX_REASON_CHARS = 200;

  private final List<LineProblem> first = new ArrayList<>();
  private long lines;
  private long rejected;

  void countLine() {
    lines++;
  }

  void reject(long line, String reason) {
    rejected++;
    if (first.size() < MAX_TOLD) {
      first.add(
          new LineProblem(
              line,
              reason.length() > MAX_REASON_CHARS
                  ? reason.substring(0, MAX_REASON_CHARS) + "…"
                  : reason));
    }
  }

  /**
   * Answers the count.
   *
   * @throws PondException.Invalid when there are lines and none fits
   */
  Rejected done(String label, TextFormat format, String remedy) {
    if (rejected > 0 && rejected == lines) {
      throw new PondException.Invalid(
          "'" + label + "' is not " + format.word(),
          (lines == 1 ? "its only line does not fit" : "none of its " + lines + " lines fits")
              + "; line "
              + first.getFirst().line()
              + ": "
              + first.getFirst().reason(),
          remedy);
    }
    return new Rejected(rejected, lines, first);
  }
}
