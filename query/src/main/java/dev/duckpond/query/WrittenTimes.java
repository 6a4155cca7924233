package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ShownCell;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The values of one column of a file of CSV or NDJSON as they are written, and where they stand.
 *
 * @param duck may read the file
 * @param url of one file of this machine
 * @param label what errors call it
 * @param target a path that the session may write, and whose file is replaced
 */
record WrittenTimes(DuckSession duck, PondUrl url, String column, String label, Path target) {
  /** A value as it is written, without blanks around it. */
  static final Sql TEXT = Sql.identifier("unclear_text");

  /** A value, and its row from 0. */
  record Found(long row, String text) {}

  /** Tells whether times of a format stand there as text. */
  static boolean areIn(PondUrl url) {
    return url.format() == PondUrl.Format.CSV || url.format() == PondUrl.Format.NDJSON;
  }

  boolean isCsv() {
    return url.format() == PondUrl.Format.CSV;
  }

  /** Reads the file once more, with the column as text. To be called before what follows. */
  void load() {
    new TextConversion(duck).convert(url, Map.of(column, "VARCHAR"), label, target);
  }

  /** Answers the values as what stands after FROM. */
  Sql rows() {
    return rows(column, file());
  }

  /** Answers the values of a column of text as what stands after FROM. */
  static Sql rows(String column, Sql source) {
    return new SqlBuilder()
        .text("(SELECT trim(")
        .identifier(column)
        .text(") AS ")
        .append(TEXT)
        .text(" FROM ")
        .append(source)
        .text(")")
        .build();
  }

  /** Answers all columns as what stands after FROM. */
  Sql file() {
    return new SqlBuilder()
        .text("read_parquet(")
        .literal(target.toAbsolutePath().normalize().toString())
        .text(")")
        .build();
  }

  /** Answers what a format makes of a value; NULL where it does not fit. */
  static Sql reading(Sql text, String format) {
    return new SqlBuilder()
        .text("try_strptime(")
        .append(text)
        .text(", ")
        .literal(format)
        .text(")")
        .build();
  }

  /** Finds the first value for which a condition holds. */
  Optional<Found> find(Sql condition) {
    Sql sql =
        new SqlBuilder()
            // The engine would count rows too, unless the file has a column of that name.
            .text("SELECT * FROM (SELECT row_number() OVER () - 1, trim(")
            .identifier(column)
            .text(") AS ")
            .append(TEXT)
            .text(" FROM ")
            .append(file())
            .text(") WHERE ")
            .append(condition)
            .text(" ORDER BY 1 LIMIT 1")
            .build();
    return duck
        .list(sql, row -> new Found(row.longValue(0), row.isNull(1) ? "" : row.text(1)))
        .stream()
        .findFirst();
  }

  /** Tells whether there is a value at all. */
  boolean hasValues() {
    return find(TEXT.plus(" IS NOT NULL")).isPresent();
  }

  /** Writes the file once more, with the column as something that is made of its text. */
  void replace(UnaryOperator<Sql> made, Path parquet) {
    Sql text = new SqlBuilder().text("trim(").identifier(column).text(")").build();
    Sql rows =
        new SqlBuilder()
            .text("SELECT * REPLACE (")
            .append(made.apply(text))
            .text(" AS ")
            .identifier(column)
            .text(") FROM ")
            .append(file())
            .build();
    duck.copyToParquet(rows, parquet, ParquetOptions.defaults());
  }

  /** Tells whether a condition holds for a value. */
  boolean isOf(Found found, Sql condition) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT coalesce(")
            .append(condition)
            .text(", FALSE) FROM (SELECT ")
            .literal(found.text())
            .text(" AS ")
            .append(TEXT)
            .text(")")
            .build();
    return duck.list(sql, row -> row.flag(0)).getFirst();
  }

  /** Answers the error that names a value and where it stands. */
  PondException.Invalid error(Found found, String problem, String reason, String remedy) {
    OptionalLong line =
        isCsv()
            ? new TextConversion(duck).findLine(url, found.row(), label, target)
            : OptionalLong.empty();
    String place = line.isPresent() ? "line " + line.getAsLong() : "row " + (found.row() + 1);
    return new PondException.Invalid(
        "'" + label + "', " + place + ": '" + ShownCell.of(found.text()) + "' " + problem,
        reason,
        remedy);
  }
}
