package dev.duckpond.export;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.ResultWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks what the queries of a pipeline ask, in one session. One thread only. */
final class StageQueries {
  private final QuerySession session;

  StageQueries(QuerySession session) {
    this.session = session;
  }

  /**
   * Checks a query against the tables that are there.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid when it cannot run
   */
  void check(Stage.Query query) {
    Sql prepared = prepare(query);
    QueryErrors.translating("the query", () -> session.duck().columns(prepared));
  }

  /** Lists the tables that a query names, in lower case; none when it cannot be read. */
  Set<String> tables(Stage.Query query) {
    try {
      return session.duck().tableNames(query.sql().value()).tables().stream()
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());
    } catch (DuckException e) {
      // What is wrong with it is told by whoever checks it.
      return Set.of();
    }
  }

  private Sql prepare(Stage.Query query) {
    return session.prepare(query.sql().value());
  }

  /** Makes a table with the columns of a query's answer, and no rows. */
  void makeEmpty(String table, Stage.Query query) {
    make(table, Sql.of("SELECT * FROM (").plus(prepare(query)).plus("\n) LIMIT 0"));
  }

  /** Makes a table of a query's answer. */
  void make(String table, Stage.Query query) {
    make(table, prepare(query));
  }

  private void make(String name, Sql query) {
    QueryErrors.translating(
        "making the table '" + name + "'",
        () ->
            session
                .duck()
                .execute(
                    Sql.of("CREATE OR REPLACE TEMP TABLE ")
                        .plus(Sql.identifier(name))
                        .plus(" AS (")
                        .plus(query)
                        .plus("\n)")));
  }

  /** Writes the rows of a query in the format of its file; those of its table when it has one. */
  void write(Stage.Query query, OutputStream out) throws IOException {
    Sql rows =
        query
            .table()
            .map(table -> Sql.of("SELECT * FROM ").plus(Sql.identifier(table.value())))
            .orElseGet(() -> prepare(query));
    new ResultWriter(session).write(rows, query.file().orElseThrow().value().format(), out);
  }
}
