package dev.duckpond.collect;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ShownCell;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares new rows with those of a series and merges them. Works in a session of its own, whose
 * temporary tables it fills. One thread only, one use.
 */
final class SeriesMerge {
  /** New rows that the series does not have as they are; the last column tells which are new. */
  private static final Sql NEWS = Sql.identifier("collect_news");

  private static final Sql IS_NEW = Sql.identifier("collect_is_new");
  private static final Sql TIME = Sql.identifier(NewRows.TIME);

  private final QuerySession session;
  private final DuckSession duck;
  private final Path scratch;
  private final SeriesTarget target;
  private final Duplicates duplicates;
  private Map<String, String> newColumns = Map.of();

  SeriesMerge(QuerySession session, Path scratch, SeriesTarget target, Duplicates duplicates) {
    this.session = session;
    this.duck = session.duck();
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
          newColumns = byKey(duck.columns(Sql.of("SELECT * FROM ").plus(source)));
          TimeRange range = new TimeRange(rows.bounds().minMicros(), rows.bounds().maxMicros() + 1);
          Relation stored = stored(meeting(range));
          Map<String, String> storedColumns = keys(stored.columns());
          Sql joined =
              new SqlBuilder()
                  .append(source)
                  .text(" AS n LEFT JOIN (")
                  .append(stored.select(range))
                  .text(") AS s ON n.")
                  .append(TIME)
                  .text(" = s.")
                  .identifier(time(stored))
                  .build();
          if (duplicates == Duplicates.ERROR) {
            requireSame(joined, storedColumns);
          }
          duck.execute(
              new SqlBuilder()
                  .text("CREATE TEMP TABLE ")
                  .append(NEWS)
                  .text(" AS SELECT DISTINCT n.*, s.")
                  .identifier(time(stored))
                  .text(" IS NULL AS ")
                  .append(IS_NEW)
                  .text(" FROM ")
                  .append(joined)
                  .text(" WHERE s.")
                  .identifier(time(stored))
                  .text(" IS NULL")
                  .append(differences(storedColumns))
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

  /** Lists what makes a row differ that the series has, each after an OR. */
  private Sql differences(Map<String, String> storedColumns) {
    SqlBuilder sql = new SqlBuilder();
    newColumns.forEach((key, name) -> {
      String there = storedColumns.get(key);
      sql.text(" OR (n.").identifier(name).text(" IS NOT NULL");
      if (there != null) {
        sql.text(" AND s.").identifier(there);
        if (duplicates == Duplicates.FIRST) {
          sql.text(" IS NULL");
        } else {
          sql.text(" IS DISTINCT FROM n.").identifier(name);
        }
      }
      sql.text(")");
    });
    return sql.build();
  }

  private void requireSame(Sql joined, Map<String, String> storedColumns) {
    newColumns.forEach((key, name) -> {
      String there = storedColumns.get(key);
      if (there == null) {
        return;
      }
      Sql sql =
          new SqlBuilder()
              .text("SELECT CAST(n.")
              .append(TIME)
              .text(" AS VARCHAR), CAST(s.")
              .identifier(there)
              .text(" AS VARCHAR), CAST(n.")
              .identifier(name)
              .text(" AS VARCHAR) FROM ")
              .append(joined)
              .text(" WHERE n.")
              .identifier(name)
              .text(" <> s.")
              .identifier(there)
              .text(" ORDER BY n.")
              .append(TIME)
              .text(" LIMIT 1")
              .build();
      try (Rows rows = duck.query(sql)) {
        if (rows.next()) {
          throw new PondException.Conflict(
              "'" + target.path() + "' has another value of '" + name + "' at " + rows.text(0),
              "there it is " + ShownCell.of(rows.text(1)) + ", here " + ShownCell.of(rows.text(2)),
              "Say which counts, with 'on_duplicate: last' or 'on_duplicate: first'.");
        }
      }
    });
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
          Relation stored = stored(target.versions().subList(first, target.versions().size()));
          String time = time(stored);
          Map<String, String> storedColumns = keys(stored.columns());
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

  private Relation stored(List<NodeVersion> versions) {
    return session.relation(target.path(), versions);
  }

  private List<NodeVersion> meeting(TimeRange range) {
    List<NodeVersion> meeting = new ArrayList<>();
    for (NodeVersion version : target.versions()) {
      Optional<EventBounds> bounds = version.facts().bounds();
      if (bounds.isEmpty() || bounds.get().meets(range)) {
        meeting.add(version);
      }
    }
    return meeting.isEmpty() ? List.of(target.versions().getLast()) : meeting;
  }

  private String time(Relation stored) {
    return stored
        .time()
        .map(TimeColumn::name)
        .orElseThrow(() ->
            new PondException.Conflict(
                "'" + target.path() + "' has no single time column",
                "its versions take their times from different columns",
                "Choose another path."));
  }

  /** Answers the columns but the time, by their names without regard to letter case. */
  private static Map<String, String> byKey(List<Column> columns) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Column column : columns) {
      if (!column.name().equals(NewRows.TIME)) {
        names.put(key(column.name()), column.name());
      }
    }
    return names;
  }

  private static Map<String, String> keys(List<RelationColumn> columns) {
    Map<String, String> names = new LinkedHashMap<>();
    for (RelationColumn column : columns) {
      if (!column.name().equalsIgnoreCase(NewRows.TIME)) {
        names.put(key(column.name()), column.name());
      }
    }
    return names;
  }

  private String what() {
    return "merging rows into '" + target.path() + "'";
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
