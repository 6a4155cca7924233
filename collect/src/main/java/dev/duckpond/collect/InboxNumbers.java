package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.PondUrl;
import java.util.Optional;

/**
 * Tells which columns of a file are numbers, and reads them. NaN is how loggers write that they
 * have no value; what is infinite was not measured.
 */
record InboxNumbers(DuckSession duck, Source source, StoredTypes stored, InboxChecks checks) {
  private static final String DECIMAL_SEPARATOR = "decimal_separator";

  /** Digits behind a zero: of an id, as numbers do not begin with one. */
  private static final String ID = "^[+-]?0[0-9]+$";

  /** Of ids too, though the engine reads numbers in them. */
  private static final String CODE = "^[+-]?([0-9][0-9.]*_[0-9._]*|0[xXbB][0-9A-Fa-f_]+)$";

  /** As long as no type of the pond is, or longer than that; the engine has one for some. */
  private static final String WIDE = "^[+-]?([0-9]{39,}|0[xXbB][0-9A-Fa-f_]+)$";

  private static final String COMMA = "^[+-]?[0-9]*,[0-9]+$";

  /**
   * The values of a column that say something, and of these the numbers, the ids, and those that
   * would be numbers with a point in place of their comma.
   */
  private record Counts(long filled, long numbers, long ids, long commas) {
    /** A column most of whose values are numbers is one of numbers, and the others are wrong. */
    boolean areNumbers() {
      return ids == 0 && numbers * 2 >= filled;
    }

    boolean haveDecimalCommas() {
      return commas > 0 && commas + numbers == filled;
    }
  }

  /**
   * Answers the values of a column with a row for each instant; empty when it has none.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid naming the line of what is no number among
   *     numbers
   */
  Optional<Sql> find(Column column) {
    String name = column.name();
    Sql value = Sql.identifier(name);
    if (StoredTypes.isFloatType(column.type()) && !stored.isText(name)) {
      if (isCsv() && isNone(value)) {
        return Optional.empty();
      }
      Sql finite = finite(value, value, inColumn(name));
      return Optional.of(stored.isInteger(name) && areWhole(value) ? whole(finite) : finite);
    }
    if (!column.type().equals(StoredTypes.TEXT)) {
      exact().requireKept(column);
      return Optional.of(stored.isText(name) ? text(value) : value);
    }
    Counts counts = counts(name);
    if (counts.filled() == 0) {
      return Optional.empty();
    }
    if (stored.isInteger(name)) {
      checks.requireNone(zeros(name), value);
    }
    if (isCsv()
        && !stored.isText(name)
        && counts.haveDecimalCommas()
        && !source.format().options().containsKey(DECIMAL_SEPARATOR)) {
      checks.requireNone(comma(name), value);
    }
    boolean isSure = checks.file().numbers().contains(name);
    boolean mayBeNumbers = (isCsv() || isSure) && !stored.isText(name) && counts.areNumbers();
    if (!mayBeNumbers && !stored.isNumber(name)) {
      return Optional.of(isCsv() ? saidText(value) : value);
    }
    checks.requireNone(code(name), value);
    Sql numbers = checked(name, inColumn(name));
    return Optional.of(exact().written(name, written(name)).orElse(numbers));
  }

  private boolean isCsv() {
    return source.format().format() == PondUrl.Format.CSV;
  }

  /** Answers text but where a logger wrote that it has no value; {@code Nan} is a name. */
  private static Sql saidText(Sql value) {
    return new SqlBuilder()
        .text("CASE WHEN NOT regexp_matches(trim(")
        .append(value)
        .text("), '^[+-]?(nan|NaN|NAN)$') THEN ")
        .append(value)
        .text(" END")
        .build();
  }

  /** Tells whether a column of numbers says nothing. */
  private boolean isNone(Sql number) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT count(*) FROM ")
            .append(InboxChecks.ROWS)
            .text(" WHERE NOT isnan(")
            .append(number)
            .text(")")
            .build();
    return duck.list(sql, row -> row.longValue(0)).getFirst() == 0;
  }

  /** Tells whether a column of numbers is of whole ones that are exact in either type. */
  private boolean areWhole(Sql number) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT count(*) FROM ")
            .append(InboxChecks.ROWS)
            .text(" WHERE NOT isnan(")
            .append(number)
            .text(") AND (")
            .append(number)
            .text(" <> trunc(")
            .append(number)
            .text(") OR ")
            .append(WrittenNumbers.isLarge(number))
            .text(")")
            .build();
    return duck.list(sql, row -> row.longValue(0)).getFirst() == 0;
  }

  private ExactNumbers exact() {
    return new ExactNumbers(duck, stored, checks);
  }

  static Sql whole(Sql number) {
    return Sql.of("CAST(").plus(number).plus(" AS BIGINT)");
  }

  private static InboxChecks.Refusal zeros(String column) {
    return new InboxChecks.Refusal(
        matches(column, ID),
        "in column '" + column + "' begins with a zero",
        "the series has whole numbers there, which keep no zeros",
        "Leave the zeros out if these are numbers; if they are ids, take them in under another name"
            + " of the column, or into another place.");
  }

  private InboxChecks.Refusal code(String column) {
    return new InboxChecks.Refusal(
        matches(column, CODE),
        "in column '" + column + "' is no number",
        stored.isNumber(column)
            ? "the series has numbers there"
            : "most others of the column are numbers",
        "Correct the line if it is one; if it is an id, take the column in under another name, or"
            + " into another place.");
  }

  private static InboxChecks.Refusal comma(String column) {
    return new InboxChecks.Refusal(
        matches(column, COMMA),
        "in column '" + column + "' has a comma",
        "",
        "Say what it is, with 'options: {decimal_separator: \",\"}'; or \".\", if the column is no"
            + " number.");
  }

  /** Answers a condition: whether a value is an id that looks like a number. */
  static Sql areIds(String column) {
    return matches(column, ID);
  }

  /** Answers a condition: whether a value is an id that the engine reads as a number. */
  static Sql areCodes(String column) {
    return matches(column, CODE);
  }

  /**
   * Answers a condition: whether a value is one in whose place the engine reads too wide a number.
   */
  static Sql areWide(String column) {
    return matches(column, WIDE);
  }

  private static Sql matches(String column, String pattern) {
    return new SqlBuilder()
        .text("regexp_matches(trim(")
        .append(text(Sql.identifier(column)))
        .text("), ")
        .literal(pattern)
        .text(")")
        .build();
  }

  private static String inColumn(String name) {
    return "in column '" + name + "' is no number";
  }

  /**
   * Answers what was measured, of a column of text; NULL where there is none.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid naming the line of the first that is no
   *     number, or would be changed
   */
  Sql measured(String column, String problem) {
    Sql numbers = checked(column, problem);
    checks.requireNone(
        new InboxChecks.Refusal(
            written(column).isChanged(),
            "would be changed",
            "not every whole number above 2^53 is exact",
            "Correct the line; the next run takes the file."),
        Sql.identifier(column));
    return numbers;
  }

  /**
   * Answers the numbers of a column of text; NULL where there is none.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid naming the line of the first that is none
   */
  private Sql checked(String column, String problem) {
    Sql name = Sql.identifier(column);
    Sql number = number(column);
    checks.requireNone(
        new SqlBuilder()
            .append(isFilled(column))
            .text(" AND ")
            .append(number)
            .text(" IS NULL")
            .build(),
        name,
        problem);
    return finite(number, name, problem);
  }

  /** Answers offsets: one that is no number cannot be left out, as its value would be wrong. */
  Sql offsets(String column, String problem) {
    Sql number = number(column);
    checks.requireNone(
        new SqlBuilder().text("isnan(").append(number).text(")").build(),
        Sql.identifier(column),
        problem);
    return checked(column, problem);
  }

  private Sql finite(Sql number, Sql shown, String problem) {
    checks.requireNone(
        new SqlBuilder().text("isinf(").append(number).text(")").build(), shown, problem);
    return finite(number, number);
  }

  /** Answers a value where the number that it is of says something. */
  static Sql finite(Sql number, Sql value) {
    return new SqlBuilder()
        .text("CASE WHEN NOT isnan(")
        .append(number)
        .text(") THEN ")
        .append(value)
        .text(" END")
        .build();
  }

  private Counts counts(String column) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT count(*), count(")
            .append(number(column))
            .text("), count(*) FILTER (")
            .append(matches(column, ID))
            .text("), count(*) FILTER (")
            .append(matches(column, COMMA))
            .text(") FROM ")
            .append(InboxChecks.ROWS)
            .text(" WHERE ")
            .append(isFilled(column))
            .append(isCsv() ? isNoNan(number(column)) : Sql.of(""))
            .build();
    try (Rows rows = duck.query(sql)) {
      rows.next();
      return new Counts(rows.longValue(0), rows.longValue(1), rows.longValue(2), rows.longValue(3));
    }
  }

  /** Answers a further condition: whether it is not written that there is no value. */
  private static Sql isNoNan(Sql number) {
    return Sql.of(" AND NOT coalesce(isnan(").plus(number).plus("), FALSE)");
  }

  private static Sql isFilled(String column) {
    Sql text = text(Sql.identifier(column));
    return new SqlBuilder().text("coalesce(trim(").append(text).text("), '') <> ''").build();
  }

  private Sql number(String column) {
    return written(column).number();
  }

  private WrittenNumbers written(String column) {
    Sql text = text(Sql.identifier(column));
    String separator = source.format().options().get(DECIMAL_SEPARATOR);
    if (separator != null) {
      text =
          new SqlBuilder()
              .text("replace(")
              .append(text)
              .text(", ")
              .literal(separator)
              .text(", '.')")
              .build();
    }
    return new WrittenNumbers(text);
  }

  private static Sql text(Sql value) {
    return new SqlBuilder().text("CAST(").append(value).text(" AS VARCHAR)").build();
  }
}
