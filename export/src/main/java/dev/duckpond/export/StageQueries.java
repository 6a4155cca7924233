package dev.duckpond.export;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.ExplainPrefix;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.TableNames;
import dev.duckpond.duckdb.TooSlowException;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.query.ResultWriter;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks what the queries of a pipeline ask, in one session. One thread only. */
final class StageQueries {
  /** Stands before a query, so that the engine tells of its lines as {@code ofQuery} has it. */
  private static final String OWN_LINES = "\n";

  private final QuerySession session;
  private final QueryLimits limits;

  StageQueries(QuerySession session) {
    this(session, QueryLimits.STANDARD);
  }

  StageQueries(QuerySession session, QueryLimits limits) {
    this.session = session;
    this.limits = limits;
  }

  /**
   * Checks a query against the tables that are there.
   *
   * @throws PondException.Invalid when it cannot run
   */
  void check(Stage.Query query) {
    requireData(query);
    Sql prepared = prepare(query);
    QueryErrors.translating("the query", () -> session.duck().columns(prepared));
    if (ExplainPrefix.isAt(query.sql().value())) {
      requireNoRows(query);
    }
  }

  private void requireData(Stage.Query query) {
    Set<String> named = tables(query);
    if (!ExportTables.areMade(session.duck())) {
      for (String table : ExportTables.NAMES) {
        if (named.contains(table)) {
          throw new PondException.Invalid(
              "there is no table '" + table + "' yet",
              "no stage before this one exports data",
              "Put a stage of the type " + PipelineShape.DATA_TYPE + " before it.");
        }
      }
    }
  }

  /** What EXPLAIN answers is text about a query; the engine makes no table or Parquet of it. */
  private static void requireNoRows(Stage.Query explain) {
    if (explain.table().isPresent()) {
      throw new PondException.Invalid(
          "what EXPLAIN answers cannot be a table",
          "",
          "Take output_table away, or ask the query itself.");
    }
    if (explain.file().filter(file -> file.value().format() == ResultFormat.PARQUET).isPresent()) {
      throw new PondException.Invalid(
          "what EXPLAIN answers cannot be written as Parquet", "", "Write it to a file of text.");
    }
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
    requireNothingReserved(query);
    ExportTables.suit(session.duck(), query.sql().value());
    return session.prepare(query.sql().value());
  }

  /** Tells whether the columns of an answer are known only when the query has run. */
  boolean dependsOnRows(Stage.Query query) {
    Sql prepared = prepare(query);
    return QueryErrors.translating(
        "the query", () -> Column.dependOnRows(session.duck().columns(prepared)));
  }

  private void requireNothingReserved(Stage.Query query) {
    TableNames names =
        QueryErrors.translating("the query", () -> session.duck().tableNames(query.sql().value()));
    Stream.concat(names.tables().stream(), names.others().stream())
        .filter(ExportTables::isReserved)
        .findFirst()
        .ifPresent(table -> {
          throw new PondException.Invalid(
              "'" + table + "' cannot be asked",
              "names that begin with '" + ExportTables.RESERVED + "' belong to the export itself",
              "Ask " + String.join(", ", ExportTables.NAMES) + " or the table of another stage.");
        });
  }

  /** Makes a table with the columns of a query's answer, and no rows. */
  void makeEmpty(String table, Stage.Query query) {
    make(table, query, 0);
  }

  /**
   * Makes a table of a query's answer.
   *
   * @throws PondException.Invalid when that is more than the limits say
   */
  void make(String table, Stage.Query query) {
    long rows = make(table, query, limits.rows() + 1);
    if (rows > limits.rows()) {
      session.duck().execute(Sql.of("DROP TABLE ").plus(Sql.identifier(table)));
      throw tooManyRows();
    }
  }

  private long make(String name, Stage.Query query, long maxRows) {
    Sql made =
        Sql.of("CREATE OR REPLACE TEMP TABLE ")
            .plus(Sql.identifier(name))
            .plus(" AS ")
            .plus(limited(prepare(query), maxRows));
    return within(() -> {
      try {
        return session.duck().execute(made);
      } catch (DuckException e) {
        throw QueryErrors.of("making the table '" + name + "'", e.ofQuery(query.sql().value()));
      }
    });
  }

  /** Lets the query stand in lines of its own. */
  private static Sql limited(Sql query, long rows) {
    return Sql.of("SELECT * FROM (\n").plus(query).plus("\n) LIMIT ").plus(Sql.literal(rows));
  }

  /**
   * Writes the rows of a query in the format of its file; those of its table when it has one.
   *
   * @throws PondException.Invalid when that is more than the limits say
   */
  void write(Stage.Query query, OutputStream out) throws IOException {
    Sql rows =
        query
            .table()
            .map(table -> Sql.of("SELECT * FROM ").plus(Sql.identifier(table.value())))
            .orElseGet(() -> Sql.of(OWN_LINES).plus(prepare(query)));
    ResultFormat format = query.file().orElseThrow().value().format();
    OutputStream bounded =
        new BoundedOutput(
            out,
            limits.fileBytes(),
            () -> {
              throw tooMuch("is longer than " + limits.fileBytes() + " bytes");
            });
    long count;
    try {
      count = within(() -> written(query, rows, format, bounded));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (count > limits.rows()) {
      throw tooManyRows();
    }
  }

  private long written(Stage.Query query, Sql rows, ResultFormat format, OutputStream out) {
    try {
      return new ResultWriter(session).write(rows, format, out, limits.rows() + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (PondException e) {
      throw query.table().isEmpty() && e.getCause() instanceof DuckException engine
          ? QueryErrors.of("the query", engine.ofQuery(query.sql().value()))
          : e;
    }
  }

  private <T> T within(Supplier<T> work) {
    try {
      return session.duck().within(limits.time(), work);
    } catch (TooSlowException e) {
      throw new PondException.Failed(
          "the query was stopped",
          String.valueOf(e.getMessage()),
          "Ask for less, or export with several pipelines.",
          e);
    }
  }

  private PondException tooManyRows() {
    return tooMuch("has more than " + limits.rows() + " rows");
  }

  private static PondException tooMuch(String what) {
    return new PondException.Invalid(
        "the answer of the query " + what,
        "",
        "Ask for fewer: aggregate them, or add LIMIT; rows of the pond are exported by data_export.");
  }
}
