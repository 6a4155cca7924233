package dev.duckpond.duckdb;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/** Starts the engine and closes the door behind it: no statement can widen what it may see. */
final class LockedEngine {
  private static final String IN_MEMORY = "jdbc:duckdb:";

  /** Rows that one COPY by partitions takes before it gives a partition a second file. */
  private static final long MAX_PARTITIONED_ROWS = 1_000_000_000_000L;

  private LockedEngine() {}

  /** Starts an engine; the caller closes the connection. */
  static DuckDBConnection start(DuckOptions options) {
    DuckDBConnection connection = connect(options);
    try (Statement statement = connection.createStatement()) {
      statement.execute(lockDown(options).toString());
      return connection;
    } catch (SQLException e) {
      DuckException problem = DuckException.from(e);
      try {
        connection.close();
      } catch (SQLException closing) {
        problem.addSuppressed(closing);
      }
      throw problem;
    }
  }

  private static DuckDBConnection connect(DuckOptions options) {
    Properties properties = new Properties();
    // Given while connecting, so that the engine does not size itself for the whole machine first.
    properties.setProperty("memory_limit", options.memoryLimitBytes() + "B");
    properties.setProperty("threads", Integer.toString(options.threads()));
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    // With threads of its own for writing, COPY of a query that fails hangs for ever now and then,
    // out of reach of cancel; seen with 2.0.0 in one of ten failures, never without such threads.
    properties.setProperty("async_threads", "0");
    // By default every thread ends its files after 524 288 rows: several files in a partition, and
    // how many depends on the threads. What has to wait for its file is spilled instead.
    properties.setProperty(
        "partitioned_write_flush_threshold", Long.toString(MAX_PARTITIONED_ROWS));
    properties.setProperty("jdbc_stream_results", "true");
    try {
      // Past DriverManager, which would load java.logging and every driver there is.
      return DuckDBConnection.newConnection(IN_MEMORY, false, properties);
    } catch (SQLException e) {
      throw DuckException.from(e);
    } catch (Exception e) {
      throw new DuckException(DuckException.Kind.OTHER, "the SQL engine does not start", e);
    }
  }

  /** Answers all settings in one go; the order matters, for the last two close the door. */
  private static Sql lockDown(DuckOptions options) {
    return new SqlBuilder()
        .text("SET TimeZone = 'UTC';")
        .text("SET enable_progress_bar = true; SET enable_progress_bar_print = false;")
        .text("SET temp_directory = ")
        .append(DuckSession.path(options.spillDirectory()))
        .text("; SET allowed_directories = ")
        .append(paths(options.allowedDirectories()))
        .text("; SET allowed_paths = ")
        .append(paths(options.allowedPaths()))
        .text("; CREATE MACRO pond(path) AS TABLE FROM query_table(path);")
        .text("SET enable_external_access = false; SET lock_configuration = true")
        .build();
  }

  private static Sql paths(List<Path> paths) {
    Set<Sql> literals = new LinkedHashSet<>();
    for (Path path : paths) {
      literals.add(DuckSession.path(path));
      // The engine checks the pattern that a reader is given, and then the files that it finds.
      literals.add(ExactPath.literal(path));
    }
    return Sql.of("[").plus(Sql.list(literals, ", ")).plus("]");
  }
}
