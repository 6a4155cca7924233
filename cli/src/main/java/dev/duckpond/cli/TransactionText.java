package dev.duckpond.cli;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.Change;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Words for transactions. */
final class TransactionText {
  private TransactionText() {}

  /** Answers the outcome as a word. */
  static String outcome(ControlRow row) {
    return row.outcome().name().toLowerCase(Locale.ROOT);
  }

  /** Tells whether what it wrote is in the pond. */
  static boolean isCommitted(ControlRow row) {
    return switch (row.outcome()) {
      case COMPLETED, RECOVERED -> true;
      case FAILED, INTERRUPTED -> false;
    };
  }

  /** Tells whether it went through as it should. */
  static boolean isCompleted(ControlRow row) {
    return switch (row.outcome()) {
      case COMPLETED -> true;
      case RECOVERED, FAILED, INTERRUPTED -> false;
    };
  }

  static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String changes(List<Change> changes) {
    return Counted.of(changes.size(), "change");
  }

  /** Answers the command line as it could be typed again, secrets masked. */
  static String command(List<String> args) {
    return command("pond", args);
  }

  /**
   * Answers a command line as it could be typed here.
   *
   * @param name what the command is called, such as {@code ./pond}
   */
  static String command(String name, List<String> args) {
    StringBuilder text = new StringBuilder(name);
    for (String arg : args) {
      text.append(' ').append(ShellText.quote(arg));
    }
    return TerminalText.escaped(text.toString());
  }
}
