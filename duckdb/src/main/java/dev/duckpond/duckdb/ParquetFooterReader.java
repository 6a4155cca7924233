package dev.duckpond.duckdb;

import dev.duckpond.duckdb.DuckException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads Parquet footers through the engine, after telling apart the ways a file can be no Parquet.
 */
final class ParquetFooterReader {
  private static final int MAGIC =
      ByteBuffer.wrap("PAR1".getBytes(StandardCharsets.US_ASCII)).getInt();
  private static final int MAGIC_BYTES = 4;

  /** Footer length and magic at the end of a file. */
  private static final int TAIL_BYTES = 8;

  private final DuckSession session;

  ParquetFooterReader(DuckSession session) {
    this.session = session;
  }

  ParquetFooter read(Path file) {
    return reading(
        file,
        path -> {
          List<Column> columns = columns(path);
          return new ParquetFooter(columns, rows(path), statistics(path, columns), metadata(path));
        });
  }

  ParquetOutline readOutline(Path file) {
    return reading(file, path -> new ParquetOutline(columns(path), rows(path)));
  }

  private <T> T reading(Path file, Function<Sql, T> read) {
    requireEnvelope(file);
    try {
      return read.apply(ExactPath.literal(file));
    } catch (DuckException e) {
      boolean unreadable =
          switch (e.kind()) {
            case OTHER, IO, NOT_PARQUET -> true;
            default -> false;
          };
      throw unreadable
          ? new DuckException(
              Kind.NOT_PARQUET, file + " has a damaged footer: " + e.getMessage(), e)
          : e;
    }
  }

  private List<Column> columns(Sql path) {
    return session.columns(
        new SqlBuilder()
            .text("FROM read_parquet(")
            .append(path)
            .text(", hive_partitioning = false)")
            .build());
  }

  private long rows(Sql path) {
    return session
        .list(
            new SqlBuilder()
                .text("SELECT num_rows FROM parquet_file_metadata(")
                .append(path)
                .text(")")
                .build(),
            row -> row.longValue(0))
        .getFirst();
  }

  private Map<String, String> metadata(Sql path) {
    Map<String, String> metadata = new LinkedHashMap<>();
    Sql query =
        new SqlBuilder()
            .text("SELECT key, value FROM parquet_kv_metadata(")
            .append(path)
            .text(")")
            .build();
    try (Rows rows = session.query(query)) {
      while (rows.next()) {
        metadata.put(utf8(rows.bytes(0)), utf8(rows.bytes(1)));
      }
    }
    return metadata;
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Takes the bounds over all row groups by the column's own type, in one query of one row. */
  private Map<String, ColumnStatistics> statistics(Sql path, List<Column> columns) {
    List<Column> flat = columns.stream().filter(ParquetFooterReader::hasBounds).toList();
    if (flat.isEmpty()) {
      return Map.of();
    }
    List<Sql> terms = new ArrayList<>();
    for (Column column : flat) {
      Sql ofColumn =
          Sql.of(" FILTER (path_in_schema = ").plus(Sql.literal(column.name())).plus(")");
      terms.add(bound(Sql.of("min"), Sql.of("stats_min_value"), column, ofColumn));
      terms.add(bound(Sql.of("max"), Sql.of("stats_max_value"), column, ofColumn));
      terms.add(Sql.of("sum(stats_null_count)").plus(ofColumn));
    }
    Sql query =
        new SqlBuilder()
            .text("SELECT ")
            .append(Sql.list(terms, ", "))
            .text(" FROM parquet_metadata(")
            .append(path)
            .text(")")
            .build();
    Map<String, ColumnStatistics> statistics = new LinkedHashMap<>();
    try (Rows row = session.query(query)) {
      row.next();
      for (int i = 0; i < flat.size(); i++) {
        int at = i * 3;
        statistics.put(
            flat.get(i).name(),
            new ColumnStatistics(
                row.isNull(at) ? null : row.text(at),
                row.isNull(at + 1) ? null : row.text(at + 1),
                row.isNull(at + 2) ? null : row.longValue(at + 2),
                null));
      }
    }
    return statistics;
  }

  /** A row group without the bound makes it unknown, unless the group holds nothing but NULL. */
  private static Sql bound(Sql function, Sql statistic, Column column, Sql ofColumn) {
    return new SqlBuilder()
        .text("CASE WHEN bool_and(")
        .append(statistic)
        .text(" IS NOT NULL OR stats_null_count = num_values)")
        .append(ofColumn)
        .text(" THEN CAST(")
        .append(function)
        // CASE and not FILTER, which would cast the texts of other columns as well.
        .text("(CASE WHEN path_in_schema = ")
        .literal(column.name())
        .text(" THEN CAST(")
        .append(statistic)
        .text(" AS ")
        .append(Sql.checked(column.type()))
        .text(") END)")
        .text(" AS VARCHAR) END")
        .build();
  }

  private static boolean hasBounds(Column column) {
    String type = column.type();
    return type.startsWith("DECIMAL(")
        || switch (type) {
          case "BOOLEAN",
              "TINYINT",
              "SMALLINT",
              "INTEGER",
              "BIGINT",
              "UTINYINT",
              "USMALLINT",
              "UINTEGER",
              "UBIGINT",
              "FLOAT",
              "DOUBLE",
              "VARCHAR",
              "DATE",
              "TIMESTAMP",
              "TIMESTAMP_NS",
              "TIMESTAMP_MS",
              "TIMESTAMP_S",
              "TIMESTAMP WITH TIME ZONE" ->
              true;
          default -> false;
        };
  }

  private static void requireEnvelope(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < MAGIC_BYTES || integer(channel, 0, ByteOrder.BIG_ENDIAN) != MAGIC) {
        throw new DuckException(Kind.NOT_PARQUET, file + " is not a Parquet file");
      }
      if (size < MAGIC_BYTES + TAIL_BYTES
          || integer(channel, size - MAGIC_BYTES, ByteOrder.BIG_ENDIAN) != MAGIC
          || !footerFits(integer(channel, size - TAIL_BYTES, ByteOrder.LITTLE_ENDIAN), size)) {
        throw new DuckException(
            Kind.TRUNCATED_PARQUET, file + " is a truncated Parquet file: its footer is missing");
      }
    } catch (NoSuchFileException e) {
      throw new DuckException(Kind.MISSING_FILE, file + " does not exist", e);
    } catch (IOException e) {
      String what = Files.isDirectory(file) ? " is a directory" : " cannot be read";
      throw new DuckException(Kind.IO, file + what, e);
    }
  }

  private static boolean footerFits(int footerBytes, long size) {
    return footerBytes > 0 && footerBytes <= size - TAIL_BYTES - MAGIC_BYTES;
  }

  private static int integer(FileChannel channel, long position, ByteOrder order)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES).order(order);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        return 0;
      }
    }
    return buffer.flip().getInt();
  }
}
