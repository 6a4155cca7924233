package dev.duckpond.collect;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Compares new rows with those of a series and merges them. Works in a session of its own, whose
 * temporary tables it fills. One thread only, one use.
 */
final class SeriesMerge {
  /** New rows that the series does not have as they are; the last column tells which are new. */
  private static final Sql NEWS = Sql.identifier("collect_news");

  private static final Sql IS_NEW = OwnColumn.of("collect_is_new");
  private static final Sql TIME = Sql.identifier(NewRows.TIME);

  private final DuckSession duck;
  private final StoredSide side;
  private final Path scratch;
  private final SeriesTarget target;
  private final Duplicates duplicates;
  private Map<String, String> newColumns = Map.of();

  SeriesMerge(QuerySession session, Path scratch, SeriesTarget target, Duplicates duplicates) {
    this.duck = session.duck();
    this.side = new StoredSide(session, target);
    this.scratch = scratch;
    this.target = target;
    this.duplicates = duplicates;
  }

  SeriesTarget target() {
    return target;
  }

  /**
   * Finds which rows would change the series, and keeps them.
   *
   * @throws PondException.Conflict when values differ and must not
   */
  Written findNews(NewRows rows) {
    return QueryErrors.translating(
        what(),
        () -> {
          Sql source =
              new SqlBuilder()
                  .text("read_parquet(")
                  .literal(rows.file().toAbsolutePath().normalize().toString())
                  .text(")")
                  .build();
          newColumns = StoredSide.byKey(duck.columns(Sql.of("SELECT * FROM ").plus(source)));
          TimeRange range = new TimeRange(rows.bounds().minMicros(), rows.bounds().maxMicros() + 1);
          Relation stored = side.meeting(range);
          Map<String, String> storedColumns = StoredSide.byKey(stored);
          Sql joined =
              new SqlBuilder()
                  .append(source)
                  .text(" AS n LEFT JOIN (")
                  .append(stored.select(range))
                  .text(") AS s ON n.")
                  .append(TIME)
                  .text(" = s.")
                  .identifier(side.time(stored))
                  .build();
          RowDifferences differences = new RowDifferences(duplicates, newColumns, storedColumns);
          if (duplicates == Duplicates.ERROR) {
            differences.requireNone(duck, joined, target.path());
          }
          duck.execute(
              new SqlBuilder()
                  .text("CREATE TEMP TABLE ")
                  .append(NEWS)
                  .text(" AS SELECT DISTINCT n.*, s.")
                  .identifier(side.time(stored))
                  .text(" IS NULL AS ")
                  .append(IS_NEW)
                  .text(" FROM ")
                  .append(joined)
                  .text(" WHERE s.")
                  .identifier(side.time(stored))
                  .text(" IS NULL")
                  .append(differences.each())
                  .build());
          return count();
        });
  }

  private Written count() {
    Sql sql =
        new SqlBuilder()
            .text("SELECT count(*) FILTER (")
            .append(IS_NEW)
            .text("), count(*) FILTER (NOT ")
            .append(IS_NEW)
            .text("), min(epoch_us(")
            .append(TIME)
            .text(")), max(epoch_us(")
            .append(TIME)
            .text(")) FROM ")
            .append(NEWS)
            .build();
    try (Rows rows = duck.query(sql)) {
      rows.next();
      return rows.isNull(2)
          ? Written.NOTHING
          : new Written(
              rows.longValue(0),
              rows.longValue(1),
              Optional.of(new EventBounds(rows.longValue(2), rows.longValue(3))));
    }
  }

  /** Answers a file of the rows that {@link #findNews} kept. */
  Path news() {
    Sql select =
        new SqlBuilder()
            .text("SELECT * EXCLUDE (")
            .append(IS_NEW)
            .text(") FROM ")
            .append(NEWS)
            .text(" ORDER BY ")
            .append(TIME)
            .build();
    return write(select, "news.parquet");
  }

  /** Answers a file of the rows of the versions from {@code first} on, with the news among them. */
  Path merged(int first) {
    return QueryErrors.translating(
        what(),
        () -> {
          Relation stored = side.from(first);
          String time = side.time(stored);
          Map<String, String> storedColumns = StoredSide.byKey(stored);
          SqlBuilder sql =
              new SqlBuilder()
                  .text("SELECT coalesce(n.")
                  .append(TIME)
                  .text(", s.")
                  .identifier(time)
                  .text(") AS ")
                  .identifier(time);
          storedColumns.forEach((key, name) -> {
            String fresh = newColumns.get(key);
            Sql old = Sql.of("s.").plus(Sql.identifier(name));
            if (fresh == null) {
              sql.text(", ").append(old);
            } else {
              Sql now = Sql.of("n.").plus(Sql.identifier(fresh));
              boolean newWins = duplicates != Duplicates.FIRST;
              sql.text(", coalesce(")
                  .append(newWins ? now : old)
                  .text(", ")
                  .append(newWins ? old : now)
                  .text(") AS ")
                  .identifier(name);
            }
          });
          newColumns.forEach((key, name) -> {
            if (!storedColumns.containsKey(key)) {
              sql.text(", n.").identifier(name);
            }
          });
          sql.text(" FROM (")
              .append(stored.select(TimeRange.ALL))
              .text(") AS s FULL JOIN ")
              .append(NEWS)
              .text(" AS n ON n.")
              .append(TIME)
              .text(" = s.")
              .identifier(time)
              .text(" ORDER BY 1 NULLS LAST");
          return write(sql.build(), "merged.parquet");
        });
  }

  private Path write(Sql select, String name) {
    Path file = scratch.resolve(name);
    duck.copyToParquet(select, file, ParquetOptions.defaults());
    return file;
  }

  private String what() {
    return "merging rows into '" + target.path() + "'";
  }
}
