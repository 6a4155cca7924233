package dev.duckpond.query;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.PondException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the rows of queries, row by row, in bounded memory. One thread only.
 *
 * <p>The formats are described in {@code docs/format/result-formats.md}.
 */
public final class ResultWriter {
  private static final int BUFFER_CHARS = 1 << 16;

  private final DuckSession duck;
  private final Path scratch;

  /** Writes rows of a session, which stays the caller's. */
  public ResultWriter(QuerySession session) {
    this.duck = session.duck();
    this.scratch = session.options().scratch();
  }

  /**
   * Runs a query and writes its rows; the stream is flushed and stays open.
   *
   * @return how many rows there were
   * @throws IOException when the stream cannot be written; what was written stays written
   * @throws PondException when the query fails, maybe after some of the rows
   */
  public long write(Sql query, ResultFormat format, OutputStream out) throws IOException {
    return write(query, format, out, Long.MAX_VALUE);
  }

  /**
   * Runs a query and writes the first of its rows, like {@link #write(Sql, ResultFormat,
   * OutputStream)}; the columns have the names that the query gives them.
   *
   * @param maxRows how many rows are written at most; the others are not asked for
   */
  public long write(Sql query, ResultFormat format, OutputStream out, long maxRows)
      throws IOException {
    try {
      return switch (format) {
        case TABLE, CSV, TSV, JSON, NDJSON, MARKDOWN -> writeText(query, format, out, maxRows);
        case PARQUET -> writeParquet(ResultRows.first(query, maxRows), out);
        case ARROW -> ArrowResult.write(duck, query, out, maxRows);
      };
    } catch (DuckException e) {
      throw QueryErrors.of("the query", e);
    }
  }

  private long writeText(Sql query, ResultFormat format, OutputStream out, long maxRows)
      throws IOException {
    Writer writer =
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER_CHARS);
    RowSink sink = sink(format, writer);
    long count = 0;
    try (ResultRows rows = ResultRows.open(duck, query, maxRows)) {
      sink.begin(rows);
      while (count < maxRows && rows.next()) {
        sink.row(rows);
        count++;
      }
    }
    sink.end(count);
    writer.flush();
    return count;
  }

  private static RowSink sink(ResultFormat format, Appendable out) {
    return switch (format) {
      case TABLE -> new TableSink(out);
      case CSV -> new DelimitedSink(out, DelimitedSink.Dialect.CSV);
      case TSV -> new DelimitedSink(out, DelimitedSink.Dialect.TSV);
      case JSON -> new JsonSink(out);
      case NDJSON -> new NdjsonSink(out);
      case MARKDOWN -> new MarkdownSink(out);
      case PARQUET, ARROW -> throw new IllegalArgumentException(format + " is not text");
    };
  }

  private long writeParquet(Sql query, OutputStream out) throws IOException {
    Files.createDirectories(scratch);
    Path file = Files.createTempFile(scratch, "result-", ".parquet");
    try {
      long rows = duck.copyToParquet(query, file, ParquetOptions.defaults()).rows();
      Files.copy(file, out);
      out.flush();
      return rows;
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
