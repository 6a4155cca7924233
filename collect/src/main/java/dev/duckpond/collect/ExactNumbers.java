package dev.duckpond.collect;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import java.util.Optional;

/** Sees to it that no whole number of a file is stored as another one. */
record ExactNumbers(DuckSession duck, StoredTypes stored, InboxChecks checks) {
  /** What is to be known of the digits of a column of text. */
  private record Digits(
      boolean areWhole,
      boolean areChanged,
      boolean areShort,
      boolean areAlone,
      boolean haveFractions) {}

  /**
   * Requires that the numbers of a column of whole ones are exact in the series.
   *
   * @throws PondException.Invalid naming the line of the first that is not
   */
  void requireKept(Column column) {
    if (StoredTypes.isIntegerType(column.type())) {
      Sql value = Sql.identifier(column.name());
      stored
          .findFraction(column.name())
          .filter(StoredTypes::isFloatType)
          .ifPresent(type ->
              checks.requireNone(
                  changed(column.name(), WrittenNumbers.isChanged(value, type), true), value));
    }
  }

  /**
   * Answers the numbers of a column of text as whole ones, where all are and the series has such,
   * or where the column is new and written in digits alone, or a DOUBLE would be another number;
   * empty when they are to be DOUBLE, in which each is exact. One such as {@code -1e30}, which
   * stands for no value, makes no column too wide for later fractions.
   *
   * @throws PondException.Invalid naming the line of the first that would be changed
   */
  Optional<Sql> written(String name, WrittenNumbers written) {
    Digits digits = digits(written);
    boolean asksForWhole = digits.areChanged() || digits.areAlone();
    boolean mayBeWhole =
        stored.isInteger(name)
            ? digits.areShort() || asksForWhole
            : stored.findFraction(name).isEmpty() && asksForWhole;
    if (mayBeWhole && digits.areWhole()) {
      Sql whole = InboxNumbers.finite(written.number(), written.whole());
      return Optional.of(digits.areShort() ? InboxNumbers.whole(whole) : whole);
    }
    if (digits.areChanged()) {
      Sql value = Sql.identifier(name);
      checks.requireNone(tooLong(name, written), value);
      checks.requireNone(changed(name, written.isChanged(), digits.haveFractions()), value);
    }
    return Optional.empty();
  }

  private Digits digits(WrittenNumbers written) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT coalesce(bool_and(")
            .append(written.isWhole())
            .text("), TRUE), coalesce(bool_or(")
            .append(written.isChanged())
            .text("), FALSE), coalesce(bool_and(TRY_CAST(")
            .append(written.whole())
            .text(" AS BIGINT) IS NOT NULL), TRUE), coalesce(bool_and(")
            .append(written.isDigits())
            .text("), TRUE), coalesce(bool_or(")
            .append(written.isFraction())
            .text("), FALSE) FROM ")
            .append(InboxChecks.ROWS)
            .text(" WHERE NOT isnan(")
            .append(written.number())
            .text(")")
            .build();
    return duck.list(
            sql, row -> new Digits(row.flag(0), row.flag(1), row.flag(2), row.flag(3), row.flag(4)))
        .getFirst();
  }

  private static InboxChecks.Refusal tooLong(String column, WrittenNumbers written) {
    return new InboxChecks.Refusal(
        new SqlBuilder()
            .append(written.isChanged())
            .text(" AND ")
            .append(written.whole())
            .text(" IS NULL")
            .build(),
        inColumnChanged(column),
        "numbers of more than 38 digits are not exact",
        "Correct the line; ids that are so long are text when they begin with letters.");
  }

  private InboxChecks.Refusal changed(String column, Sql condition, boolean besideFractions) {
    return stored
        .findFraction(column)
        .map(type ->
            changed(
                column,
                condition,
                "the series has " + type + " there",
                type.equals("FLOAT") ? "2^24" : "2^53",
                "Correct the line, or give the column another name."))
        .orElseGet(() ->
            changed(
                column,
                condition,
                "the column has "
                    + (besideFractions ? "fractions" : "numbers of more than 38 digits")
                    + " too",
                "2^53",
                besideFractions
                    ? "Correct the line, or write the other numbers of the column without fractions."
                    : "Correct the line, or those numbers."));
  }

  private static InboxChecks.Refusal changed(
      String column, Sql condition, String reason, String limit, String remedy) {
    return new InboxChecks.Refusal(
        condition,
        inColumnChanged(column),
        reason + ", beside which not every whole number above " + limit + " is exact",
        remedy);
  }

  private static String inColumnChanged(String name) {
    return "in column '" + name + "' would be changed";
  }
}
