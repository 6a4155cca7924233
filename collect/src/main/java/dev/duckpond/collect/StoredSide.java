package dev.duckpond.collect;

import dev.duckpond.duckdb.Column;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The series that new rows are compared with: its versions as rows, and its columns by name. */
record StoredSide(QuerySession session, SeriesTarget target) {
  /** Answers the rows of the versions from one on. */
  Relation from(int first) {
    return of(target.versions().subList(first, target.versions().size()));
  }

  private Relation of(List<NodeVersion> versions) {
    return session.relation(target.path(), versions);
  }

  /** Answers the rows of the versions that may have some in a range; of one at least. */
  Relation meeting(TimeRange range) {
    List<NodeVersion> meeting = new ArrayList<>();
    for (NodeVersion version : target.versions()) {
      Optional<EventBounds> bounds = version.facts().bounds();
      if (bounds.isEmpty() || bounds.get().meets(range)) {
        meeting.add(version);
      }
    }
    return of(meeting.isEmpty() ? List.of(target.versions().getLast()) : meeting);
  }

  /** Answers the name of the time column. */
  String time(Relation stored) {
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
  static Map<String, String> byKey(List<Column> columns) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Column column : columns) {
      if (!column.name().equals(NewRows.TIME)) {
        names.put(key(column.name()), column.name());
      }
    }
    return names;
  }

  /** Answers the columns of a relation but the time, in the same way. */
  static Map<String, String> byKey(Relation relation) {
    Map<String, String> names = new LinkedHashMap<>();
    for (RelationColumn column : relation.columns()) {
      if (!column.name().equalsIgnoreCase(NewRows.TIME)) {
        names.put(key(column.name()), column.name());
      }
    }
    return names;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
