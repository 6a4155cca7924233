package dev.duckpond.duckdb;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports what the engine refused or could not do.
 *
 * <p>The message is the engine's first paragraph without its class of error, fit to show to a user.
 * Nothing of a failed statement stays, except that files of a failed copy may lie in its target.
 */
public final class DuckException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is, for choosing a remedy. */
  public enum Kind {
    /** The text is not SQL, or not a single query where one is asked for. */
    SYNTAX,
    /** A column or type does not fit the tables at hand. */
    BINDING,
    /** A table, view or function does not exist. */
    CATALOG,
    /** A value cannot be converted, or is out of range. */
    CONVERSION,
    /** The memory limit is too low for the statement, even with spilling. */
    OUT_OF_MEMORY,
    /** A disk is full, or the spill directory has reached its limit. */
    NO_SPACE,
    /** A file cannot be read or written. */
    IO,
    /** A file that should be read is not there. */
    MISSING_FILE,
    /** A file is not Parquet, or its inside is damaged. */
    NOT_PARQUET,
    /** A file begins as Parquet and breaks off. */
    TRUNCATED_PARQUET,
    /** The lock-down of the session forbids it. */
    PERMISSION,
    /** {@link DuckSession#cancel} stopped it. */
    INTERRUPTED,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;
  private final @Nullable String excerpt;

  DuckException(Kind kind, String message) {
    super(message);
    this.kind = kind;
    this.excerpt = null;
  }

  DuckException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.excerpt = null;
  }

  private DuckException(
      Kind kind, String message, @Nullable String excerpt, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.excerpt = excerpt;
  }

  /** Translates an error of the driver; the only place that reads its messages. */
  static DuckException from(SQLException e) {
    String full = e.getMessage() == null ? e.toString() : e.getMessage().strip();
    int lineAt = full.indexOf("\n\nLINE ");
    String excerpt = lineAt < 0 ? null : full.substring(lineAt + 2);
    int paragraphEnd = full.indexOf("\n\n");
    String paragraph = paragraphEnd < 0 ? full : full.substring(0, paragraphEnd);
    int errorAt = paragraph.indexOf("Error: ");
    boolean hasClass = errorAt >= 0 && paragraph.lastIndexOf('\n', errorAt) < 0;
    String errorClass = hasClass ? paragraph.substring(0, errorAt).strip() : "";
    String message = hasClass ? paragraph.substring(errorAt + "Error: ".length()) : paragraph;
    return new DuckException(kindOf(errorClass, message), message, excerpt, e);
  }

  /** Tells whether the driver reports no more than that there was an error. */
  static boolean isMessageLost(SQLException e) {
    return e.getMessage() != null && e.getMessage().contains("Invalid result set");
  }

  private static Kind kindOf(String errorClass, String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left on device") || lower.contains("max_temp_directory_size")) {
      return Kind.NO_SPACE;
    }
    if (lower.contains("configuration has been locked")) {
      return Kind.PERMISSION;
    }
    if (lower.contains("no magic bytes found")
        || lower.contains("too small to be a parquet file")
        || lower.contains("not a parquet file")
        || isDamagedInside(lower)) {
      return Kind.NOT_PARQUET;
    }
    return switch (errorClass) {
      case "Parser", "Syntax" -> Kind.SYNTAX;
      case "Binder" -> Kind.BINDING;
      case "Catalog" -> Kind.CATALOG;
      case "Conversion", "Out of Range", "Mismatch Type" -> Kind.CONVERSION;
      case "Out of Memory" -> Kind.OUT_OF_MEMORY;
      case "Permission" -> Kind.PERMISSION;
      case "INTERRUPT" -> Kind.INTERRUPTED;
      case "IO" ->
          lower.startsWith("no files found") || lower.contains("no such file")
              ? Kind.MISSING_FILE
              : Kind.IO;
      default -> Kind.OTHER;
    };
  }

  /** Tells what the Parquet reader meets in a damaged page or its header. */
  private static boolean isDamagedInside(String lower) {
    boolean isPage = lower.startsWith("failed to read file") && lower.contains("decompression");
    return isPage
        || lower.contains("tprotocolexception")
        || lower.contains("don't know what type")
        || lower.contains("file might be corrupted");
  }

  /** Returns the kind of trouble. */
  public Kind kind() {
    return kind;
  }

  /**
   * Answers this error as if a user's query had been run alone. In the statement that failed it
   * stood in lines of its own, from the second on; an excerpt of other lines is left out.
   */
  public DuckException ofQuery(String userSql) {
    if (excerpt == null) {
      return this;
    }
    String blanks = userSql.substring(0, userSql.length() - userSql.stripLeading().length());
    int linesBefore = 1 - (int) blanks.chars().filter(c -> c == '\n').count();
    String moved =
        Excerpt.parse(excerpt)
            .flatMap(drawn -> drawn.findIn(linesBefore, (int) userSql.lines().count()))
            .map(Excerpt::toString)
            .orElse(null);
    return new DuckException(kind, String.valueOf(getMessage()), moved, getCause());
  }

  /** Finds the line of SQL with a mark below the place, as the engine draws it. */
  public Optional<String> findExcerpt() {
    return Optional.ofNullable(excerpt);
  }
}
