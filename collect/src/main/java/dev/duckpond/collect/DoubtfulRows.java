package dev.duckpond.collect;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes out of new rows what is in doubt where a series has a value: what may be wrong replaces
 * nothing.
 */
final class DoubtfulRows {
  private static final Sql TIME = Sql.identifier(NewRows.TIME);

  private final QuerySession session;
  private final DuckSession duck;
  private final Path directory;

  /** Works in a session that sees the series as it is. */
  DoubtfulRows(QuerySession session, Path directory) {
    this.session = session;
    this.duck = session.duck();
    this.directory = directory;
  }

  /** Answers the rows to put in; empty when nothing is left of them. */
  Optional<NewRows> settle(SeriesTarget target, ShapedRows rows) {
    NewRows all = rows.all();
    List<Column> columns = duck.readParquetOutline(all.file()).columns();
    Relation stored = session.relation(target.path(), target.versions());
    Optional<String> time = stored.time().map(TimeColumn::name);
    if (time.isEmpty()) {
      // The merge says so, and why.
      return Optional.of(all);
    }
    TimeRange range = new TimeRange(all.bounds().minMicros(), all.bounds().maxMicros() + 1);
    Map<String, String> known = new HashMap<>();
    for (RelationColumn column : stored.columns()) {
      known.put(key(column.name()), column.name());
    }
    SqlBuilder sql = new SqlBuilder().text("SELECT a.").append(TIME);
    List<Sql> present = new ArrayList<>();
    for (Column column : columns) {
      if (!column.name().equals(NewRows.TIME)) {
        Sql name = Sql.identifier(column.name());
        present.add(name.plus(" IS NOT NULL"));
        Optional<String> there = Optional.ofNullable(known.get(key(column.name())));
        sql.text(", ")
            .append(value(name, there, rows.certain().isPresent()))
            .text(" AS ")
            .append(name);
      }
    }
    sql.text(" FROM ").append(RowsFile.of(all.file())).text(" AS a");
    rows.certain()
        .ifPresent(certain ->
            sql.text(" LEFT JOIN ")
                .append(RowsFile.of(certain.file()))
                .text(" AS c ON c.timestamp = a.timestamp"));
    sql.text(" LEFT JOIN (")
        .append(stored.select(range))
        .text(") AS s ON s.")
        .identifier(time.get())
        .text(" = a.")
        .append(TIME);
    Sql select =
        new SqlBuilder()
            .text("SELECT DISTINCT * FROM (")
            .append(sql.build())
            .text(") WHERE ")
            .append(Sql.list(present, " OR "))
            .text(" ORDER BY ")
            .append(TIME)
            .build();
    return new RowsFile(duck).write(select, directory.resolve("inbox-settled.parquet"));
  }

  /** Answers a value that is certain, or whose place is free. */
  private static Sql value(Sql name, Optional<String> stored, boolean hasCertain) {
    Sql value = Sql.of("a.").plus(name);
    if (stored.isEmpty()) {
      return value;
    }
    SqlBuilder sql = new SqlBuilder().text("CASE WHEN ");
    if (hasCertain) {
      sql.text("c.").append(name).text(" IS NOT NULL OR ");
    }
    return sql.text("s.")
        .identifier(stored.get())
        .text(" IS NULL THEN ")
        .append(value)
        .text(" END")
        .build();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
