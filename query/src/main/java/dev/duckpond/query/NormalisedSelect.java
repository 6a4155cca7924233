package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.RelationShape.StoredTime;
import dev.duckpond.tinyfs.TimeRange;
import java.util.Optional;

/** Writes the SELECT that makes the time column a TIMESTAMP and keeps to a range of time. */
final class NormalisedSelect {
  private NormalisedSelect() {}

  /**
   * Answers the SELECT.
   *
   * @param source what stands after FROM, without an alias
   */
  static Sql of(Sql source, Optional<StoredTime> time, TimeRange range) {
    return of(source, time, range, Optional.empty());
  }

  /** A column to be added, for {@link Relation#selectNumbered}. */
  record Numbering(TimeGrid grid, String name) {}

  /** Answers the SELECT, with numbers when they are asked for; then there is a time. */
  static Sql of(
      Sql source, Optional<StoredTime> time, TimeRange range, Optional<Numbering> numbering) {
    SqlBuilder sql = new SqlBuilder().text("SELECT *");
    if (time.isEmpty()) {
      return sql.text(" FROM ").append(source).build();
    }
    TimeEncoding encoding = time.get().encoding();
    Sql name = Sql.identifier(time.get().column());
    // Qualified: in WHERE the stored column is meant, not the TIMESTAMP that it becomes.
    Sql stored = Sql.of("stored.").plus(name);
    sql.text(" REPLACE (").append(encoding.timestamp(stored)).text(" AS ").append(name).text(")");
    numbering.ifPresent(wanted ->
        sql.text(", ")
            .append(encoding.number(stored, wanted.grid(), range))
            .text(" AS ")
            .identifier(wanted.name()));
    sql.text(" FROM ").append(source).text(" AS stored");
    if (!range.equals(TimeRange.ALL)) {
      sql.text(" WHERE ").append(encoding.within(stored, range));
    }
    return sql.build();
  }
}
