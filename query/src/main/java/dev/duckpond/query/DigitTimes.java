package dev.duckpond.query;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ConversionOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The column of times of CSV that are written without separators, such as {@code 20240601}, as a
 * format says. The engine would read ids and counts of other columns by that format too, so that it
 * is applied here, to the one column.
 *
 * @param column the name of the column
 * @param formats without separators, the first that fits all values counts
 */
record DigitTimes(String column, List<String> formats) {
  private static final List<String> NAMES_OF_DAYS = List.of("date time", "date");

  DigitTimes {
    formats = List.copyOf(formats);
  }

  /** Finds the column that options or its name say to be the time, where a format is such a one. */
  static Optional<DigitTimes> find(List<Column> columns, Map<String, String> options) {
    List<String> formats = ReadOptions.formatsOfDigits(options);
    if (formats.isEmpty()) {
      return Optional.empty();
    }
    return names(options).stream()
        .flatMap(name -> columns.stream().map(Column::name).filter(name::equalsIgnoreCase))
        .findFirst()
        .map(column -> new DigitTimes(column, formats));
  }

  private static List<String> names(Map<String, String> options) {
    String declared = options.get(ConversionOptions.TIME_COLUMN);
    if (declared != null) {
      return List.of(declared);
    }
    List<String> names = new ArrayList<>(TimeColumnFinder.NAMES);
    names.addAll(NAMES_OF_DAYS);
    return names;
  }

  /** Answers known types of columns, and that of this one. */
  Map<String, String> asText(Map<String, String> types) {
    Map<String, String> all = new LinkedHashMap<>(types);
    all.put(column, "VARCHAR");
    return all;
  }

  /**
   * Answers what stands after FROM, with the times read; empty when no format fits all values.
   *
   * @param source has the column as text
   */
  Optional<Sql> read(DuckSession duck, Sql source) {
    return formats.stream()
        .filter(format -> fits(duck, format, source))
        .findFirst()
        .map(format ->
            new SqlBuilder()
                .text("(SELECT * REPLACE (CAST(")
                .append(parsed(format))
                .text(ReadOptions.isOfDays(format) ? " AS DATE) AS " : " AS TIMESTAMP) AS ")
                .identifier(column)
                .text(") FROM ")
                .append(source)
                .text(")")
                .build());
  }

  private boolean fits(DuckSession duck, String format, Sql source) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT coalesce(bool_and(")
            .append(parsed(format))
            .text(" IS NOT NULL), FALSE) FROM ")
            .append(source)
            .text(" WHERE ")
            .identifier(column)
            .text(" IS NOT NULL")
            .build();
    return duck.list(sql, row -> row.flag(0)).getFirst();
  }

  private Sql parsed(String format) {
    return new SqlBuilder()
        .text("try_strptime(trim(")
        .identifier(column)
        .text("), ")
        .literal(format)
        .text(")")
        .build();
  }
}
