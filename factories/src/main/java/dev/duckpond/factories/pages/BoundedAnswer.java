package dev.duckpond.factories.pages;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.duckdb.TooSlowException;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.query.ResultWriter;
import dev.duckpond.tinyfs.PondException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The rows of a query as lines of JSON, which were not more than some limits say.
 *
 * @param bytes of the lines in UTF-8
 */
record BoundedAnswer(String lines, int rows, long bytes) {
  /** What the engine is made to say, by which it is known again. */
  private static final String TOO_LONG = "duckpond: the answer is too long";

  /**
   * Runs a query.
   *
   * @throws TooMuchException when there is more than the limits say
   * @throws PondException when the query fails
   * @throws DuckException when the query cannot run
   */
  static BoundedAnswer of(QuerySession session, Sql query, AnswerLimits limits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rows;
    try {
      rows =
          session
              .duck()
              .within(limits.time(), () -> write(session, bounded(session, query, limits), out));
    } catch (TooSlowException e) {
      throw new TooMuchException(AnswerLimits.Measure.TIME);
    } catch (PondException | DuckException e) {
      throw String.valueOf(e.getMessage()).contains(TOO_LONG)
          ? new TooMuchException(AnswerLimits.Measure.BYTES)
          : e;
    }
    if (rows > limits.rows()) {
      throw new TooMuchException(AnswerLimits.Measure.ROWS);
    }
    return new BoundedAnswer(out.toString(StandardCharsets.UTF_8), (int) rows, out.size());
  }

  private static long write(QuerySession session, Sql query, OutputStream out) {
    try {
      return new ResultWriter(session).write(query, ResultFormat.NDJSON, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets the engine itself fail when rows get long, before any of them is in the memory of this
   * process.
   */
  private static Sql bounded(QuerySession session, Sql query, AnswerLimits limits) {
    List<Column> columns = session.duck().columns(query);
    if (Column.dependOnRows(columns)) {
      return bounded(session, kept(session, query, limits), limits);
    }
    Sql row = Sql.identifier(unused(columns));
    return new SqlBuilder()
        .text("SELECT * FROM (SELECT * FROM (")
        .append(query)
        .text("\n) AS answer LIMIT ")
        .append(Sql.literal(limits.rows() + 1L))
        .text(") AS ")
        .append(row)
        .text(" QUALIFY CASE WHEN sum(strlen(CAST(")
        .append(row)
        .text(" AS VARCHAR))) OVER (ROWS UNBOUNDED PRECEDING) > ")
        .append(Sql.literal(limits.bytes()))
        .text(" THEN error(")
        .literal(TOO_LONG)
        .text(") ELSE true END")
        .build();
  }

  /** Keeps the rows of a query in a table, for its columns are known afterwards only. */
  private static Sql kept(QuerySession session, Sql query, AnswerLimits limits) {
    session
        .duck()
        .execute(
            new SqlBuilder()
                .text("CREATE OR REPLACE TEMP TABLE duckpond_answer AS SELECT * FROM (")
                .append(query)
                .text("\n) LIMIT ")
                .append(Sql.literal(limits.rows() + 1L))
                .build());
    return Sql.of("SELECT * FROM duckpond_answer");
  }

  /** Answers a name that means the whole row, since no column has it. */
  private static String unused(List<Column> columns) {
    StringBuilder name = new StringBuilder("duckpond_row");
    while (columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name.toString()))) {
      name.append('_');
    }
    return name.toString();
  }
}
