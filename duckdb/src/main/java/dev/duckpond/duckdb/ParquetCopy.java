package dev.duckpond.duckdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes Parquet by COPY and reads back its report of the files written. */
final class ParquetCopy {
  private static final int FILE = 0;
  private static final int ROWS = 1;
  private static final int SIZE = 2;
  private static final int STATISTICS = 4;
  private static final int PARTITION_KEYS = 5;

  private final DuckSession session;
  private final ParquetOptions options;

  ParquetCopy(DuckSession session, ParquetOptions options) {
    this.session = session;
    this.options = options;
  }

  WrittenParquet toFile(Sql select, Path target) {
    return exactToFile(WideIntegers.exact(session, select), target);
  }

  /** Writes a query none of whose columns is an integer beyond 64 bits. */
  WrittenParquet exactToFile(Sql select, Path target) {
    SqlBuilder copy = copy(select, target).text(")");
    return session.list(copy.build(), row -> written(row, List.of())).getFirst();
  }

  List<WrittenParquet> toPartitions(
      Sql select,
      Path directory,
      List<String> partitionColumns,
      List<Sql> orderBy,
      KeepPartitionColumns keep) {
    if (partitionColumns.isEmpty() || orderBy.isEmpty()) {
      throw new IllegalArgumentException("partition columns and sort terms are needed");
    }
    SqlBuilder copy =
        copy(WideIntegers.exact(session, select), directory)
            .text(", PARTITION_BY (")
            .append(Sql.list(partitionColumns.stream().map(Sql::identifier).toList(), ", "))
            .text("), ORDER_BY (")
            .append(Sql.list(orderBy, ", "))
            .text("), WRITE_PARTITION_COLUMNS ")
            .literal(keep == KeepPartitionColumns.IN_FILES)
            .text(")");
    List<WrittenParquet> files =
        new ArrayList<>(session.list(copy.build(), row -> written(row, partitionColumns)));
    files.sort(Comparator.comparing(WrittenParquet::path));
    return List.copyOf(files);
  }

  private SqlBuilder copy(Sql select, Path target) {
    SqlBuilder copy =
        new SqlBuilder()
            .text("COPY (")
            .append(select)
            .text(") TO ")
            .append(DuckSession.path(target))
            .text(" (FORMAT parquet, RETURN_STATS, COMPRESSION ")
            .literal(options.compression().name())
            .text(", ROW_GROUP_SIZE ")
            .literal(options.rowGroupRows());
    if (!options.metadata().isEmpty()) {
      List<Sql> entries = new ArrayList<>();
      options
          .metadata()
          .forEach((key, value) ->
              entries.add(Sql.join(Sql.identifier(key), Sql.of(":"), Sql.literal(value))));
      copy.text(", KV_METADATA {").append(Sql.list(entries, ", ")).text("}");
    }
    return copy;
  }

  private static WrittenParquet written(Rows row, List<String> partitionColumns) {
    Map<String, Optional<String>> keys = new LinkedHashMap<>();
    Map<?, ?> reported = map(row.value(PARTITION_KEYS));
    for (String column : partitionColumns) {
      keys.put(column, Optional.ofNullable(text(reported.get(column))));
    }
    return new WrittenParquet(
        Path.of(row.text(FILE)),
        row.longValue(ROWS),
        row.longValue(SIZE),
        keys,
        statistics(map(row.value(STATISTICS))));
  }

  private static Map<String, ColumnStatistics> statistics(Map<?, ?> reported) {
    Map<String, ColumnStatistics> columns = new LinkedHashMap<>();
    reported.forEach((key, value) ->
        topLevelName(String.valueOf(key))
            .ifPresent(name -> columns.put(name, statisticsOf(map(value)))));
    return columns;
  }

  private static ColumnStatistics statisticsOf(Map<?, ?> values) {
    String nullCount = text(values.get("null_count"));
    String hasNan = text(values.get("has_nan"));
    return new ColumnStatistics(
        text(values.get("min")),
        text(values.get("max")),
        nullCount == null ? null : Long.valueOf(nullCount),
        hasNan == null ? null : Boolean.valueOf(hasNan));
  }

  /** Reads {@code "name"}; a nested column is reported as {@code "name"."inner"} and left out. */
  private static Optional<String> topLevelName(String quoted) {
    String inner = quoted.substring(1, quoted.length() - 1);
    String unescaped = inner.replace("\"\"", "\0");
    return unescaped.indexOf('"') >= 0
        ? Optional.empty()
        : Optional.of(unescaped.replace('\0', '"'));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
