package dev.duckpond.query;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.tinyfs.PondException;
import java.util.function.Supplier;

/** Turns what the SQL engine reports into what a user is told; the one place that does. */
public final class QueryErrors {
  private QueryErrors() {}

  /** Something that may run into an error of the engine. */
  public interface Action {
    void run();
  }

  /** Runs an action; errors of the engine come out as {@link PondException}. */
  public static void translating(String what, Action action) {
    translating(
        what,
        () -> {
          action.run();
          return true;
        });
  }

  /**
   * Answers what an action answers; errors of the engine come out as {@link PondException}.
   *
   * @param what the beginning of the message: "the query", for instance, which then failed
   */
  public static <T> T translating(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (DuckException e) {
      throw of(what, e);
    }
  }

  /** Answers the error to show for one of the engine. */
  public static PondException of(String what, DuckException e) {
    String failed = what + " failed";
    String reason = reason(e);
    return switch (e.kind()) {
      case SYNTAX, BINDING, CATALOG, CONVERSION -> new PondException.Invalid(failed, reason, "", e);
      case OUT_OF_MEMORY ->
          new PondException.NoSpace(
              failed, "it needs more memory than it may use", "Raise --memory-limit.", e);
      case NO_SPACE ->
          new PondException.NoSpace(
              failed, "there is no space left for its temporary files", "Free some space.", e);
      case PERMISSION ->
          new PondException.Invalid(
              failed,
              "a query reads pond paths and the sources named on the command line, nothing else",
              "Name a file of this machine with --table name=host+csv:///path.",
              e);
      case INTERRUPTED -> new PondException.Failed(failed, "it was stopped", "", e);
      case MISSING_FILE, NOT_PARQUET, TRUNCATED_PARQUET ->
          new PondException.Corrupt(failed, reason, "Run 'pond fsck'.", e);
      case IO, OTHER -> new PondException.Failed(failed, reason, "", e);
    };
  }

  private static String reason(DuckException e) {
    String message = String.valueOf(e.getMessage()).strip();
    return e.findExcerpt().map(excerpt -> message + "\n" + excerpt).orElse(message);
  }
}
