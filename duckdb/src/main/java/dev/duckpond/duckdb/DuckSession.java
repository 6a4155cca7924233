package dev.duckpond.duckdb;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Runs SQL in an engine of its own, in memory, which sees only the files it was allowed.
 *
 * <p>The engine works in UTC, keeps the order of rows, loads no extension, and its settings are
 * locked: no statement can widen what {@link DuckOptions} granted. The table function {@code
 * pond('/a/*.series')} reads the view of that name; whoever runs a user's query makes the views
 * first, see {@link #tableNames}.
 *
 * <p>One thread uses a session, one statement after the other: an open {@link Rows} or {@link
 * RowAppender} must be closed before anything else runs. Only {@link #cancel}, {@link #stop} and
 * {@link #progress} may come from other threads. Closing twice is fine. All methods throw {@link
 * DuckException} when the engine refuses.
 */
public final class DuckSession implements AutoCloseable {
  private final DuckDBConnection connection;
  private final DialectMacros macros = new DialectMacros();
  private final StatementSlot slot;

  private DuckSession(DuckDBConnection connection) {
    this.connection = connection;
    this.slot = new StatementSlot(connection);
  }

  /** Starts an engine; the caller closes it. */
  public static DuckSession open(DuckOptions options) {
    return new DuckSession(LockedEngine.start(options));
  }

  /** Names a file for the engine; the way it compares paths needs them absolute. */
  static Sql path(Path path) {
    return Sql.literal(absolute(path));
  }

  static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /**
   * Runs one or more statements that are not queries, and returns the number of rows the last one
   * changed, or 0.
   */
  public long execute(Sql sql) {
    try (Statement statement = slot.begin()) {
      boolean hasResult = statement.execute(sql.toString());
      if (hasResult) {
        try (ResultSet results = statement.getResultSet()) {
          drain(results);
        }
        return 0;
      }
      return Math.max(0, statement.getLargeUpdateCount());
    } catch (SQLException e) {
      throw slot.failed(e);
    } finally {
      slot.left();
    }
  }

  /**
   * Does some work of this session within a time, after which its statement is stopped and no other
   * begins. The engine looks up between pieces of work: one piece, such as a single huge text, is
   * made to its end.
   *
   * @throws TooSlowException when the time was over
   */
  public <T> T within(Duration limit, Supplier<T> work) {
    return slot.within(limit, work);
  }

  private static void drain(ResultSet results) throws SQLException {
    while (results.next()) {
      // A streamed statement does its work only as far as it is read.
    }
  }

  /** Starts a query and returns a cursor over it, which the caller closes. */
  public Rows query(Sql select) {
    Statement statement = slot.begin();
    boolean handedOver = false;
    try {
      ResultSet results = statement.executeQuery(select.toString());
      Rows rows = new Rows(results, () -> slot.end(statement));
      slot.keep(rows);
      handedOver = true;
      return rows;
    } catch (SQLException e) {
      throw slot.isStopping() ? slot.failed(e) : problemOf(select, e);
    } finally {
      if (!handedOver) {
        slot.end(statement);
      }
    }
  }

  /**
   * Learns why a query failed.
   *
   * <p>In streaming the driver loses the message of errors before the first rows. The query is run
   * again as part of a statement that is not streamed and keeps no rows.
   */
  private DuckException problemOf(Sql select, SQLException problem) {
    if (!DuckException.isMessageLost(problem)) {
      return DuckException.from(problem);
    }
    try (Statement again = slot.begin()) {
      again.execute(
          "CREATE OR REPLACE TEMP TABLE duckpond_problem AS SELECT max(hash(q)) FROM ("
              + select
              + "\n) AS q");
      return DuckException.from(problem);
    } catch (SQLException e) {
      return DuckException.from(e);
    } finally {
      slot.left();
    }
  }

  /** Runs a query and returns all its rows, in its order; for results that fit in memory. */
  public <T> List<T> list(Sql select, RowReader<T> reader) {
    List<T> list = new ArrayList<>();
    try (Rows rows = query(select)) {
      while (rows.next()) {
        list.add(reader.read(rows));
      }
    }
    return list;
  }

  /** Returns the columns a query would give, without running it. */
  public List<Column> columns(Sql select) {
    // The engine computes constants here already, so this can be stopped too.
    try (Statement _ = slot.begin();
        DuckDBPreparedStatement statement = connection.prepare(select.toString())) {
      return Rows.columnsOf(statement.getMetaData());
    } catch (SQLException e) {
      throw slot.failed(e);
    } finally {
      slot.left();
    }
  }

  /**
   * Sets a variable of the session to a list of texts, replacing what it was.
   *
   * <p>This is the way to read thousands of files: {@code read_parquet(getvariable('name'))}, also
   * inside a view, which takes the value the variable has when a query over it starts. The SQL
   * stays short however long the list is.
   */
  public void setVariable(String name, List<String> values) {
    VariableLoader.load(this, name, values);
  }

  /**
   * Lets a user's text through when it is exactly one query, else throws with kind SYNTAX.
   *
   * <p>A query is SELECT, WITH, FROM, VALUES, TABLE, DESCRIBE, SUMMARIZE, SHOW, PIVOT, UNPIVOT, or
   * EXPLAIN before one of those. Statements that write are refused, also inside WITH. What comes
   * back has no semicolon at the end and may stand in parentheses as {@code FROM (…)}, except
   * EXPLAIN and a PIVOT that does not list its values. Functions of other dialects that it names
   * are made, see {@code docs/guide/sql.md}.
   */
  public Sql requireSelect(String userSql) {
    return new QueryGuard(this, macros).requireSelect(userSql);
  }

  /**
   * Lists the tables and ponds that a user's query reads from, without running it.
   *
   * @throws DuckException like {@link #requireSelect}
   */
  public TableNames tableNames(String userSql) {
    return new QueryGuard(this, macros).tableNames(userSql);
  }

  /** Opens an appender to an existing temporary table; the caller closes it. */
  public RowAppender append(String temporaryTable) {
    slot.requireIdle();
    try {
      RowAppender appender =
          new RowAppender(connection.createAppender("temp", "main", temporaryTable), slot::release);
      slot.keep(appender);
      return appender;
    } catch (SQLException e) {
      // The driver says no more than that it failed; this is the only reason there can be.
      throw new DuckException(
          DuckException.Kind.CATALOG, "there is no temporary table " + temporaryTable, e);
    }
  }

  /**
   * Writes the rows of a query into one Parquet file, in the order of the query. Columns of type
   * HUGEINT become DECIMAL(38,0); a value beyond, and a column of a type that Parquet cannot hold
   * exactly, are errors of kind CONVERSION.
   *
   * <p>The bytes depend on rows, order and options only, not on the number of threads, if the order
   * is total: either there is no ORDER BY and the rows come from files as they lie there, or the
   * ORDER BY leaves no ties. Where times may be equal, {@code ORDER BY ts, file_index,
   * file_row_number} over {@code read_parquet} settles ties by the place in the input, at little
   * cost. A kill or a failure leaves a broken file: write to a staging path and rename.
   *
   * @param target a path that may be written; an existing file is replaced
   */
  public WrittenParquet copyToParquet(Sql select, Path target, ParquetOptions options) {
    return new ParquetCopy(this, options).toFile(select, target);
  }

  /**
   * Writes a Parquet file as {@link #copyToParquet} does, without a look at the types of the query,
   * which takes about as long as a small file. Every column is one that {@link
   * WideIntegers#requireExact} let through and {@link WideIntegers#exact(Sql, String)} made.
   */
  public WrittenParquet copyExactToParquet(Sql select, Path target, ParquetOptions options) {
    return new ParquetCopy(this, options).exactToFile(select, target);
  }

  /**
   * Writes the rows of a query into one Parquet file for each combination of partition values,
   * under {@code directory/column=value/…/data_0.parquet}, and returns the files ordered by path.
   *
   * <p>Rows in a file are sorted by {@code orderBy}; the bytes do not depend on the number of
   * threads if that leaves no ties. Values in names are percent-encoded and NULL is {@code
   * __HIVE_DEFAULT_PARTITION__}. All rows are held, in memory or spilled, until the files are
   * written: for much more than the memory limit, copy a range of time after the other. A failure
   * leaves files behind: write to a staging directory.
   *
   * @param directory is made; it must not hold files yet
   * @param partitionColumns columns of the query, outermost first; at least one
   * @param orderBy sort terms; at least one
   */
  public List<WrittenParquet> copyPartitioned(
      Sql select,
      Path directory,
      List<String> partitionColumns,
      List<Sql> orderBy,
      ParquetOptions options,
      KeepPartitionColumns keep) {
    return new ParquetCopy(this, options)
        .toPartitions(select, directory, partitionColumns, orderBy, keep);
  }

  /**
   * Reads the footer of a Parquet file.
   *
   * @throws DuckException with kind MISSING_FILE, NOT_PARQUET, TRUNCATED_PARQUET or PERMISSION
   */
  public ParquetFooter readParquetSchema(Path file) {
    return new ParquetFooterReader(this).read(file);
  }

  /**
   * Reads columns and number of rows of a Parquet file, which must be allowed; fails like {@link
   * #readParquetSchema}.
   */
  public ParquetOutline readParquetOutline(Path file) {
    return new ParquetFooterReader(this).readOutline(file);
  }

  /**
   * Stops the statement that runs now, if any; it then fails with kind INTERRUPTED.
   *
   * <p>For other threads than the one that runs it. Returns at once.
   */
  public void cancel() {
    slot.cancel();
  }

  /**
   * Stops the statement that runs now, if any, and lets no other begin: both fail with kind
   * INTERRUPTED. So work of many statements ends, whichever of them this comes between.
   *
   * <p>For other threads than the one that runs them. Returns at once.
   */
  public void stop() {
    slot.stop();
  }

  /**
   * Returns, unless {@link #stop} was called; for work between statements.
   *
   * @throws DuckException with kind INTERRUPTED when it was
   */
  public void requireGoingOn() {
    slot.requireGoingOn();
  }

  /** Returns the version of the engine, {@code v2.0.0} for instance. */
  public String version() {
    try {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw DuckException.from(e);
    }
  }

  /** Returns how much of the running statement is done, from 0 to 1; empty when not known. */
  public OptionalDouble progress() {
    return slot.progress();
  }

  /** Ends the engine and frees its memory and spill files. */
  @Override
  public void close() {
    try {
      slot.closeLeft();
      connection.close();
    } catch (SQLException e) {
      throw DuckException.from(e);
    } catch (Exception e) {
      throw new IllegalStateException("closing what was left open", e);
    }
  }
}
