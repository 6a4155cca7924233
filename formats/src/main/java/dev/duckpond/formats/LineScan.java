package dev.duckpond.formats;

import dev.duckpond.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One pass over the lines of a file; empty ones are passed over, unfit ones counted. Ends when the
 * session is stopped.
 */
final class LineScan {
  /** Takes a line. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes a line, or answers why it does not fit; nothing of it is then taken.
     *
     * @throws JsonException when it is not the JSON that it should be
     */
    Optional<String> take(String line, long number);
  }

  /** Lines between two looks at whether somebody wants to stop. */
  private static final int LINES_PER_CHECK = 4096;

  private LineScan() {}

  /** Runs over all lines. */
  static void run(Conversion conversion, RejectedLines rejected, Taker taker) throws IOException {
    try (InputStream in = conversion.open()) {
      BoundedLines lines = new BoundedLines(in);
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (lines.number() % LINES_PER_CHECK == 0) {
          conversion.duck().requireGoingOn();
        }
        if (line.isBlank()) {
          continue;
        }
        rejected.countLine();
        long number = lines.number();
        Optional<String> problem =
            lines.isTooLong()
                ? Optional.of("it is longer than " + BoundedLines.MAX_LINE_BYTES + " bytes")
                : taken(taker, line, number);
        problem.ifPresent(reason -> rejected.reject(number, reason));
      }
    }
  }

  private static Optional<String> taken(Taker taker, String line, long number) {
    try {
      return taker.take(line, number);
    } catch (JsonException e) {
      // The line is the one of the file, not of the document, which is a line.
      String where = e.column() == 0 ? "" : " (column " + e.column() + ")";
      return Optional.of(e.problem() + where);
    }
  }
}
