package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.PondUrl.Compression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the {@code read_json(…)} of files that hold one object a line. */
final class NdjsonSource {
  private NdjsonSource() {}

  /** Answers what stands after FROM; types are told from all lines. */
  static Sql of(Sql paths, Compression compression, int files) {
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

  /**
   * Answers the same with the types of columns given, all of them.
   *
   * @param types as the engine writes them
   */
  static Sql of(Sql paths, Compression compression, Map<String, String> types) {
    List<Sql> all = new ArrayList<>();
    types.forEach((name, type) -> all.add(Sql.literal(name).plus(": ").plus(Sql.literal(type))));
    return new SqlBuilder()
        .text("read_json(")
        .append(paths)
        .text(", format = 'newline_delimited', records = true, hive_partitioning = false,")
        .text(" compression = ")
        .literal(compression.word())
        .text(", columns = {")
        .append(Sql.list(all, ", "))
        .text("})")
        .build();
  }

  private static Sql union(int files) {
    return files == 1 ? Sql.of("") : Sql.of(", union_by_name = true");
  }
}
