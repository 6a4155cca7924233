package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.PondUrl.Compression;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the line of a CSV file in which a row begins: empty lines and comments are no rows, and a
 * quoted value may go over several lines.
 */
final class CsvLines {
  private static final char NEXT_LINE = '\n';

  private final DuckSession duck;
  private final Sql file;
  private final Compression compression;
  private final Map<String, String> options;
  private Optional<CsvQuotes> quotes = Optional.empty();

  /**
   * Prepares to read a file.
   *
   * @param file the first argument of the table function
   */
  CsvLines(DuckSession duck, Sql file, Compression compression, Map<String, String> options) {
    this.duck = duck;
    this.file = file;
    this.compression = compression;
    this.options = options;
  }

  /** Finds the line, counted from 1, of a row, counted from 0; empty when there is no such row. */
  OptionalLong find(long row) {
    long line = 0;
    long skipped = Long.parseLong(options.getOrDefault("skip", "0"));
    long before = row + (ReadOptions.hasHeader(options) ? 1 : 0);
    try (Rows lines = duck.query(lines())) {
      while (lines.next()) {
        line++;
        String text = lines.isNull(0) ? "" : lines.text(0);
        boolean isQuoted = quotes.map(CsvQuotes::isWithin).orElse(false);
        boolean isOfRow = line > skipped && !text.isEmpty() && !isComment(text);
        if (!isQuoted && isOfRow && before-- == 0) {
          return OptionalLong.of(line);
        }
        if (isQuoted || isOfRow) {
          pass(text);
        }
      }
    }
    return OptionalLong.empty();
  }

  private boolean isComment(String text) {
    String comment = options.getOrDefault("comment", "");
    return !comment.isEmpty() && text.charAt(0) == comment.charAt(0);
  }

  /** The first line that is passed tells the delimiter. */
  private void pass(String text) {
    CsvQuotes known = quotes.orElseGet(() -> CsvQuotes.of(CsvDelimiter.of(text, options), options));
    known.pass(text);
    known.pass(NEXT_LINE);
    quotes = Optional.of(known);
  }

  /** Each line is a field of its own to the engine, which knows compressions and encodings. */
  private Sql lines() {
    SqlBuilder sql =
        new SqlBuilder()
            .text("SELECT line FROM read_csv(")
            .append(file)
            .text(", auto_detect = false, columns = {'line': 'VARCHAR'}, delim = chr(1)")
            .text(", quote = '', escape = '', header = false, hive_partitioning = false")
            // A quoted value may hold line ends of another kind.
            .text(", strict_mode = false, comment = '', compression = ")
            .literal(compression.word());
    String encoding = options.get("encoding");
    if (encoding != null) {
      sql.text(", encoding = ").literal(encoding);
    }
    return sql.text(")").build();
  }
}
