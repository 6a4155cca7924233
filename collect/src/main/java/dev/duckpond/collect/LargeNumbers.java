package dev.duckpond.collect;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds columns of wide CSV or NDJSON that the engine took for fractions, and that may be whole
 * numbers: as such they keep digits that a DOUBLE would change.
 *
 * @param stored what the rows are to fit
 */
record LargeNumbers(DuckSession duck, StoredTypes stored) {
  /**
   * Lists columns with numbers of which a DOUBLE does not keep each digit, and new ones that may be
   * of fractions only because of {@code nan}.
   *
   * @param parquet the file as the engine converted it
   * @param columns those to look at
   */
  List<String> find(Path parquet, List<Column> columns) {
    List<String> numbers =
        columns.stream()
            .filter(column -> StoredTypes.isFloatType(column.type()))
            .map(Column::name)
            .toList();
    if (numbers.isEmpty()) {
      return List.of();
    }
    List<Sql> questions = numbers.stream().map(this::mayBeWhole).toList();
    Sql query =
        new SqlBuilder()
            .text("SELECT ")
            .append(Sql.list(questions, ", "))
            .text(" FROM ")
            .append(RowsFile.of(parquet))
            .build();
    try (Rows found = duck.query(query)) {
      found.next();
      return IntStream.range(0, numbers.size()).filter(found::flag).mapToObj(numbers::get).toList();
    }
  }

  private Sql mayBeWhole(String column) {
    Sql value = Sql.identifier(column);
    Sql large = hasLarge(value);
    return stored.has(column) ? large : large.plus(" OR ").plus(isWholeBesideNan(value));
  }

  private static Sql isWholeBesideNan(Sql value) {
    return new SqlBuilder()
        .text("coalesce(bool_or(isnan(")
        .append(value)
        .text(")) AND bool_and(isnan(")
        .append(value)
        .text(") OR ")
        .append(value)
        .text(" = trunc(")
        .append(value)
        .text(")), FALSE)")
        .build();
  }

  private static Sql hasLarge(Sql value) {
    return new SqlBuilder()
        .text("coalesce(bool_or(isfinite(")
        .append(value)
        .text(") AND ")
        .append(WrittenNumbers.isLarge(value))
        .text("), FALSE)")
        .build();
  }
}
