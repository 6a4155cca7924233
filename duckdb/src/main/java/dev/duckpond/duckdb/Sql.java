package dev.duckpond.duckdb;

import com.google.errorprone.annotations.CompileTimeConstant;
import com.google.errorprone.annotations.Immutable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Holds a fragment of SQL that is safe to run: every part is a constant of the program, a quoted
 * identifier, a quoted literal, or a user's statement that {@link DuckSession#requireSelect} let
 * through.
 *
 * <p>Fragments are immutable, equal by their text, and free to share between threads.
 */
@Immutable
public final class Sql {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final String text;

  private Sql(String text) {
    this.text = text;
  }

  /** Takes SQL written in the program; the compiler refuses anything but a constant. */
  public static Sql of(@CompileTimeConstant String text) {
    return new Sql(text);
  }

  /** Takes text that the parser of the engine has already looked at. */
  static Sql checked(String text) {
    return new Sql(text);
  }

  /**
   * Takes the name of a type as the engine tells it, {@code DECIMAL(18,3)} or {@code STRUCT("a b"
   * INTEGER)[]}: words, numbers and quoted names, with commas within parentheses alone.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static Sql type(String name) {
    if (!TypeText.isOne(name)) {
      throw new IllegalArgumentException("not the name of a type: " + name);
    }
    return new Sql(name);
  }

  /** Quotes the name of a table, view, column or variable; any character but NUL may be in it. */
  public static Sql identifier(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an SQL identifier cannot be empty");
    }
    return new Sql('"' + requireNoNul(name).replace("\"", "\"\"") + '"');
  }

  /** Quotes text; any character but NUL may be in it. */
  public static Sql literal(String value) {
    return new Sql("'" + requireNoNul(value).replace("'", "''") + "'");
  }

  /**
   * Writes an integer; a negative one in parentheses, so that {@code -} before it is no comment.
   */
  public static Sql literal(long value) {
    if (value == Long.MIN_VALUE) {
      // The number without its sign would be read as a 128-bit integer.
      return new Sql("(-9223372036854775807 - 1)");
    }
    return new Sql(value < 0 ? "(" + value + ")" : Long.toString(value));
  }

  /** Writes a DOUBLE, NaN and infinities included. */
  public static Sql literal(double value) {
    return new Sql("CAST('" + value + "' AS DOUBLE)");
  }

  /** Writes TRUE or FALSE. */
  public static Sql literal(boolean value) {
    return new Sql(value ? "TRUE" : "FALSE");
  }

  /** Writes a TIMESTAMP in UTC; what is finer than a microsecond is cut off. */
  public static Sql literal(Instant value) {
    LocalDateTime time = LocalDateTime.ofInstant(value, ZoneOffset.UTC);
    if (time.getYear() < 1 || time.getYear() > 9999) {
      return new Sql(
          "make_timestamp(" + literal(ChronoUnit.MICROS.between(Instant.EPOCH, value)) + ")");
    }
    return new Sql("TIMESTAMP '" + TIMESTAMP.format(time) + "'");
  }

  /** Joins fragments with a constant between them; none gives an empty fragment. */
  public static Sql list(Collection<Sql> parts, @CompileTimeConstant String separator) {
    return new Sql(parts.stream().map(Sql::toString).collect(Collectors.joining(separator)));
  }

  /** Joins fragments with a space between them. */
  public static Sql join(Sql... parts) {
    return list(List.of(parts), " ");
  }

  /** Appends a fragment, with nothing between. */
  public Sql plus(Sql next) {
    return new Sql(text + next.text);
  }

  /** Appends a constant, with nothing between. */
  public Sql plus(@CompileTimeConstant String next) {
    return new Sql(text + next);
  }

  /** Returns the SQL text. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sql sql && sql.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The engine ends a statement at NUL, which would let the rest of a name go unread. */
  private static String requireNoNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("SQL cannot hold the character NUL");
    }
    return text;
  }
}
