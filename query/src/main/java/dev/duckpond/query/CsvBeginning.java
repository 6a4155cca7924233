package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.PondUrl.Compression;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks for empty lines before the line of names of a CSV file. The engine passes over them when it
 * can tell the names by their types, and takes them for the names where all columns are text.
 */
final class CsvBeginning {
  /** How many lines are looked at. */
  private static final int MAX_LINES = 1000;

  private CsvBeginning() {}

  /**
   * Answers the options of a file, of which {@code skip} is raised by the empty lines, and by what
   * stands between them and the names.
   *
   * @param file the first argument of the table function; one file, as others begin otherwise
   */
  static Map<String, String> skipped(
      DuckSession duck, Sql file, Compression compression, Map<String, String> options) {
    if (!ReadOptions.hasHeader(options)) {
      return options;
    }
    long empty = countBeforeNames(duck, file, compression, options);
    if (empty == 0) {
      return options;
    }
    Map<String, String> all = new HashMap<>(options);
    all.merge("skip", Long.toString(empty), CsvBeginning::sum);
    return all;
  }

  private static String sum(String one, String other) {
    return Long.toString(Long.parseLong(one) + Long.parseLong(other));
  }

  /** Counts the lines before the names; 0 when none of them is empty. */
  private static long countBeforeNames(
      DuckSession duck, Sql file, Compression compression, Map<String, String> options) {
    String comment = options.getOrDefault("comment", "");
    long empty = 0;
    try (Rows lines = duck.query(lines(file, compression, options))) {
      while (lines.next()) {
        boolean isEmpty = lines.isNull(0);
        if (!isEmpty && (comment.isEmpty() || !lines.text(0).startsWith(comment))) {
          return empty;
        }
        empty += isEmpty ? 1 : 0;
      }
    }
    return 0;
  }

  /** Each line is a field of its own to the engine, which knows compressions and encodings. */
  private static Sql lines(Sql file, Compression compression, Map<String, String> options) {
    Map<String, String> raw = new HashMap<>(options);
    // Lines of comments count, too, for what is skipped.
    raw.put("comment", "");
    return new SqlBuilder()
        .text("SELECT line FROM read_csv(")
        .append(file)
        .text(", auto_detect = false, columns = {'line': 'VARCHAR'}, delim = chr(1)")
        .text(", quote = '', escape = '', header = false, hive_partitioning = false")
        .text(", strict_mode = false, compression = ")
        .literal(compression.word())
        .append(ReadOptions.csvLines(raw))
        .text(") LIMIT ")
        .literal(MAX_LINES)
        .build();
  }
}
