package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ShownCell;
import dev.duckpond.tinyfs.PondException;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks for rows of one file that cannot be taken in, and says where they stand. */
record InboxChecks(DuckSession duck, Source source, InboxFile file, String label) {
  /** The rows of the file, as they come. */
  static final Sql ROWS = Sql.identifier("collect_rows");

  /** The instant of a row. */
  static final Sql TIME = OwnColumn.of("collect_time");

  /** The number of a row, from 0. */
  static final Sql ROW = OwnColumn.of("collect_row");

  /** Advice for a value that is wrong. */
  static final String CORRECT_LINE = "Correct the line; the next run takes the file.";

  /** A kind of rows that cannot be taken in, and what errors say of them. */
  record Refusal(Sql condition, String problem, String reason, String remedy) {}

  /**
   * Refuses local times that are no single instant.
   *
   * @param timed the rows, each with its problem
   * @throws PondException.Invalid naming the line of the first one
   */
  void requireResolved(Sql timed, String column) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT ")
            .append(ROW)
            .text(", CAST(")
            .identifier(column)
            .text(" AS VARCHAR), ")
            .append(LocalTimes.PROBLEM)
            .text(" FROM ")
            .append(timed)
            .text(" WHERE ")
            .append(LocalTimes.PROBLEM)
            .text(" IS NOT NULL ORDER BY ")
            .append(ROW)
            .text(" LIMIT 1")
            .build();
    record Unsettled(long row, String time, String problem) {}
    Optional<Unsettled> first =
        duck
            .list(
                sql, row -> new Unsettled(row.longValue(0), ShownCell.of(row.text(1)), row.text(2)))
            .stream()
            .findFirst();
    if (first.isPresent()) {
      Unsettled found = first.get();
      throw new PondException.Invalid(
          place(found.row())
              + ": '"
              + found.time()
              + "' in "
              + source.zone().orElseThrow()
              + " is no single instant",
          found.problem(),
          "Say which is meant, with 'ambiguous: earlier' or 'ambiguous: later'.");
    }
  }

  /**
   * Refuses several values for one instant, where that is an error; those of which the instant is
   * guessed give way to others.
   *
   * @param condition which rows are of the column
   * @throws PondException.Conflict naming the line of the second one
   */
  void requireSame(String column, Sql value, Sql condition) {
    if (source.duplicates() != Duplicates.ERROR) {
      return;
    }
    Sql sql =
        new SqlBuilder()
            .text("SELECT max(")
            .append(ROW)
            .text("), CAST(")
            .append(TIME)
            .text(" AS VARCHAR) FROM ")
            .append(ROWS)
            .text(" WHERE ")
            .append(condition)
            .text(" GROUP BY ")
            .append(InboxZone.IS_GUESSED)
            .text(", ")
            .append(TIME)
            .text(" HAVING count(DISTINCT ")
            .append(value)
            .text(") > 1 ORDER BY 1 LIMIT 1")
            .build();
    Optional<Found> first = find(sql);
    if (first.isPresent()) {
      Found found = first.get();
      throw new PondException.Conflict(
          place(found.row()) + ": another value of '" + column + "' at " + found.text(),
          "the file has one for this instant already",
          "Say which counts, with 'on_duplicate: last' or 'on_duplicate: first'.");
    }
  }

  /**
   * Refuses rows for which a condition holds.
   *
   * @param shown what of the row the error shows
   * @throws PondException.Invalid naming the line of the first one
   */
  void requireNone(Sql condition, Sql shown, String problem) {
    requireNone(new Refusal(condition, problem, "", CORRECT_LINE), shown);
  }

  /**
   * Refuses rows of a kind.
   *
   * @param shown what of the row the error shows
   * @throws PondException.Invalid naming the line of the first one
   */
  void requireNone(Refusal refusal, Sql shown) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT ")
            .append(ROW)
            .text(", coalesce(CAST(")
            .append(shown)
            .text(" AS VARCHAR), '') FROM ")
            .append(ROWS)
            .text(" WHERE ")
            .append(refusal.condition())
            .text(" ORDER BY ")
            .append(ROW)
            .text(" LIMIT 1")
            .build();
    Optional<Found> first = find(sql);
    if (first.isPresent()) {
      Found found = first.get();
      throw new PondException.Invalid(
          place(found.row()) + ": '" + found.text() + "' " + refusal.problem(),
          refusal.reason(),
          refusal.remedy());
    }
  }

  /** A row, and what is shown of it. */
  private record Found(long row, String text) {}

  private Optional<Found> find(Sql sql) {
    return duck.list(sql, row -> new Found(row.longValue(0), ShownCell.of(row.text(1)))).stream()
        .findFirst();
  }

  /** Says where a row stands. */
  private String place(long row) {
    OptionalLong line = file.findLine(row);
    return line.isPresent()
        ? "'" + label + "', line " + line.getAsLong()
        : "'" + label + "', row " + (row + 1);
  }
}
