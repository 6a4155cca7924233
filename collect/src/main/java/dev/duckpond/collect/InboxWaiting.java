package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.util.OptionalLong;

/** Says what of a file may still be written, and waits. */
final class InboxWaiting {
  private InboxWaiting() {}

  /** Says that part of a file is taken in. */
  static String ofLines(String label, OptionalLong openLine) {
    return openLine.isPresent()
        ? "a quoted value that begins in line "
            + openLine.getAsLong()
            + " of '"
            + label
            + "' has no end, and may still be written; its row and what follows wait for the end, at"
            + " most until an hour after the file was changed"
        : "the last line of '"
            + label
            + "' has no end, and may still be written; it is taken once it has one, or an hour after"
            + " the file was changed";
  }

  /** Says that nothing of a file is taken in. */
  static String ofFile(String label, WholeLines lines) {
    return "'"
        + label
        + "' may still be written, as "
        + why(lines)
        + ", or an hour after it was changed";
  }

  /** Says that a file which waited is taken in behind newer ones. */
  static String ofOvertaken(String label, String to) {
    return "'"
        + label
        + "' was waited for while newer files for "
        + to
        + " were taken in; it adds what is not there, and replaces nothing";
  }

  private static String why(WholeLines lines) {
    if (lines.hasNone()) {
      return "it has no line yet; it is taken once it has one";
    }
    return lines.openLine().isPresent()
        ? "a quoted value that begins in line "
            + lines.openLine().getAsLong()
            + " has no end; it is taken once that has"
        : "its last line has no end; it is taken once it has";
  }

  /** Answers the error of a file that went on behind a quote and got no more lines by that. */
  static PondException withoutProgress(String label, long openLine) {
    return new PondException.Invalid(
        "'" + label + "', line " + openLine + ": a quoted value that begins here has no end",
        "all that was written to the file since is within it",
        "Close the quote, or write it twice where it is part of a value; where quotes are plain"
            + " characters, say so with '?quote='.");
  }
}
