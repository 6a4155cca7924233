package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ShownCell;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.TextConversion;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Finds columns of wide CSV whose digits are names, as {@code 007} or {@code 0x1F}, and would be
 * others as numbers.
 *
 * @param stored what the rows are to fit
 * @param label what errors call the file
 */
record InboxIds(
    CollectSite run, DuckSession duck, Source source, StoredTypes stored, String label) {
  /**
   * Lists columns of whole numbers, some of which were written as ids; zeros before them do not
   * matter where the series has fractions.
   *
   * @param texts columns that are read as text anyway
   */
  List<String> find(
      TextConversion conversion, PondUrl url, List<Column> columns, List<String> texts) {
    if (source.longForm().isPresent()) {
      return List.of();
    }
    List<String> numbers =
        columns.stream()
            .filter(column ->
                StoredTypes.isIntegerType(column.type())
                    || (stored.isInteger(column.name()) && StoredTypes.isNumberType(column.type())))
            .map(Column::name)
            .filter(name -> !texts.contains(name))
            .toList();
    if (numbers.isEmpty()) {
      return List.of();
    }
    return conversion.ofTexts(
        url, label, scratch(), written -> having(numbers, this::isId, written));
  }

  /**
   * Lists columns of whole numbers of which one may be too long for a type of the pond, though the
   * engine has one for it.
   */
  List<String> findWide(TextConversion conversion, PondUrl url) {
    return conversion.ofTexts(
        url,
        label,
        scratch(),
        written -> {
          List<String> names =
              duck.columns(Sql.of("FROM ").plus(written)).stream().map(Column::name).toList();
          return having(names, InboxNumbers::areWide, written);
        });
  }

  private Path scratch() {
    return run.scratch().resolve("inbox-ids");
  }

  /** Lists columns with a value for which a condition holds. */
  private List<String> having(List<String> names, Function<String, Sql> condition, Sql written) {
    List<Sql> questions =
        names.stream()
            .map(name ->
                new SqlBuilder()
                    .text("coalesce(bool_or(")
                    .append(condition.apply(name))
                    .text("), FALSE)")
                    .build())
            .toList();
    Sql query =
        new SqlBuilder()
            .text("SELECT ")
            .append(Sql.list(questions, ", "))
            .text(" FROM ")
            .append(written)
            .build();
    try (Rows found = duck.query(query)) {
      found.next();
      return IntStream.range(0, names.size()).filter(found::flag).mapToObj(names::get).toList();
    }
  }

  private Sql isId(String column) {
    Sql code = InboxNumbers.areCodes(column);
    boolean keepsZeros = !stored.has(column) || stored.isInteger(column);
    return keepsZeros ? InboxNumbers.areIds(column).plus(" OR ").plus(code) : code;
  }

  /** Warns of new columns that are text because of few of their values. */
  void warn(Path parquet, InboxFile.Lines lines) {
    if (source.longForm().isPresent()) {
      return;
    }
    duck.readParquetOutline(parquet).columns().stream()
        .filter(column -> column.type().equals(StoredTypes.TEXT) && !stored.has(column.name()))
        .forEach(column -> warnOfText(column.name(), parquet, lines));
  }

  /** Warns where all values of a new column are numbers, of which few begin with a zero. */
  private void warnOfText(String column, Path parquet, InboxFile.Lines lines) {
    record Ids(long ids, long numbers, long filled, long row, String first) {}
    Sql isId = InboxNumbers.areIds(column);
    Sql sql =
        new SqlBuilder()
            .text("SELECT count(*) FILTER (")
            .append(isId)
            .text("), count(")
            .append(new WrittenNumbers(Sql.identifier(column)).number())
            .text("), count(")
            .identifier(column)
            .text("), coalesce(min(")
            .append(InboxChecks.ROW)
            .text(") FILTER (")
            .append(isId)
            .text("), 0), coalesce(arg_min(")
            .identifier(column)
            .text(", ")
            .append(InboxChecks.ROW)
            .text(") FILTER (")
            .append(isId)
            .text("), '') FROM ")
            .append(new RowsFile(duck).numbered(parquet, InboxChecks.ROW))
            .build();
    Ids found =
        duck.list(
                sql,
                row ->
                    new Ids(
                        row.longValue(0),
                        row.longValue(1),
                        row.longValue(2),
                        row.longValue(3),
                        row.text(4)))
            .getFirst();
    boolean areFew = found.ids() > 0 && found.ids() * 2 < found.filled();
    if (areFew && found.numbers() == found.filled()) {
      OptionalLong line = lines.find(found.row());
      run.warn(
          "'"
              + label
              + "': column '"
              + column
              + "' is text, as '"
              + ShownCell.of(found.first())
              + "' in "
              + (line.isPresent() ? "line " + line.getAsLong() : "row " + (found.row() + 1))
              + " begins with a zero");
    }
  }
}
