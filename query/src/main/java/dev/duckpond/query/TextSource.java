package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.PondUrl.Compression;
import java.util.Map;

/** Writes the calls of the engine's readers of text formats. */
final class TextSource {
  private TextSource() {}

  /** Answers {@code read_csv(…)}; types are told from all lines, not from the first ones. */
  static Sql csv(Sql paths, Compression compression, Map<String, String> options, int files) {
    return new SqlBuilder()
        .text("read_csv(")
        .append(paths)
        .text(", sample_size = -1, strict_mode = true, hive_partitioning = false, compression = ")
        .literal(compression.word())
        .append(union(files))
        .append(ReadOptions.csv(options))
        .text(")")
        .build();
  }

  /** Answers {@code read_json(…)} for one object a line. */
  static Sql ndjson(Sql paths, Compression compression, int files) {
    return new SqlBuilder()
        .text("read_json(")
        .append(paths)
        .text(", format = 'newline_delimited', records = true, sample_size = -1,")
        .text(" hive_partitioning = false, compression = ")
        .literal(compression.word())
        .append(union(files))
        .text(")")
        .build();
  }

  private static Sql union(int files) {
    return files == 1 ? Sql.of("") : Sql.of(", union_by_name = true");
  }
}
