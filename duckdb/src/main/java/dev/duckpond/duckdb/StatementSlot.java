package dev.duckpond.duckdb;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.QueryProgress;
import org.jspecify.annotations.Nullable;

/**
 * Holds the one statement of a session that runs, and what was left open of it; stops it.
 *
 * <p>One thread runs statements; {@link #cancel}, {@link #stop} and {@link #progress} may come from
 * others.
 */
final class StatementSlot {
  private static final double PERCENT = 100.0;

  private final DuckDBConnection connection;
  private volatile @Nullable Statement running;
  private volatile boolean cancelled;
  private volatile boolean stopped;
  private @Nullable AutoCloseable open;
  private @Nullable Deadline deadline;

  StatementSlot(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Makes a statement, which runs from now on; {@link #end} or {@link #left} ends it. */
  Statement begin() {
    try {
      requireIdle();
      Statement statement = connection.createStatement();
      cancelled = false;
      running = statement;
      if (stopped || isOver()) {
        end(statement);
      }
      requireGoingOn();
      return statement;
    } catch (SQLException e) {
      throw DuckException.from(e);
    }
  }

  /** Closes a statement that nobody reads from any more. */
  void end(Statement statement) {
    left();
    open = null;
    try {
      statement.close();
    } catch (SQLException e) {
      throw DuckException.from(e);
    }
  }

  /** Notes that no statement runs; whoever began it closes it. */
  void left() {
    running = null;
  }

  /** Keeps something open, before whose end nothing else may run. */
  void keep(AutoCloseable kept) {
    open = kept;
  }

  /** Notes that what was kept open is closed. */
  void release() {
    open = null;
  }

  void requireIdle() {
    if (open != null) {
      throw new IllegalStateException(
          "close the " + open.getClass().getSimpleName() + " of this session first");
    }
  }

  /** Closes what was left open. */
  void closeLeft() throws Exception {
    AutoCloseable left = open;
    if (left != null) {
      left.close();
    }
  }

  /** Does what {@link DuckSession#within} says. */
  <T> T within(Duration limit, Supplier<T> work) {
    if (deadline != null) {
      throw new IllegalStateException("one deadline at a time");
    }
    Deadline started = new Deadline(limit, this::cancel);
    deadline = started;
    try {
      return started.run(work, () -> stopped);
    } finally {
      deadline = null;
    }
  }

  /** Answers an error of the driver; one that was asked for is of kind INTERRUPTED. */
  DuckException failed(SQLException e) {
    return isStopping()
        ? new DuckException(DuckException.Kind.INTERRUPTED, "interrupted", e)
        : DuckException.from(e);
  }

  /** Tells whether an error is no news, since somebody stopped the statement. */
  boolean isStopping() {
    return cancelled || stopped || isOver();
  }

  private boolean isOver() {
    Deadline set = deadline;
    return set != null && set.isOver();
  }

  /** Does what {@link DuckSession#requireGoingOn} says. */
  void requireGoingOn() {
    if (stopped || isOver()) {
      throw new DuckException(DuckException.Kind.INTERRUPTED, "interrupted");
    }
  }

  /** Does what {@link DuckSession#cancel} says. */
  void cancel() {
    Statement statement = running;
    if (statement == null) {
      return;
    }
    cancelled = true;
    try {
      statement.cancel();
    } catch (SQLException e) {
      // The statement ended by itself between the two lines above, which is what was wanted.
      running = null;
    }
  }

  /** Does what {@link DuckSession#stop} says. */
  void stop() {
    stopped = true;
    cancel();
  }

  /** Does what {@link DuckSession#progress} says. */
  OptionalDouble progress() {
    if (!(running instanceof DuckDBPreparedStatement statement)) {
      return OptionalDouble.empty();
    }
    try {
      QueryProgress progress = statement.getQueryProgress();
      double percentage = progress.getPercentage();
      return percentage < 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(Math.min(1, percentage / PERCENT));
    } catch (SQLException e) {
      // It ended meanwhile.
      return OptionalDouble.empty();
    }
  }
}
