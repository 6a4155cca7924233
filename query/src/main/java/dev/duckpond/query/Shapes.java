package dev.duckpond.query;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.query.RelationShape.StoredTime;
import dev.duckpond.tinyfs.ContentReader;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers the shapes of stored versions: from their facts, else from their footers. Thousands of
 * versions share few shapes; each is read once and held once. One thread only.
 */
final class Shapes {
  private final DuckSession duck;
  private final ContentReader contents;
  private final Map<Key, Optional<RelationShape>> known = new HashMap<>();
  private final Set<RelationShape> seen = new HashSet<>();

  /** The facts that a shape is made of. */
  private record Key(
      Optional<String> schema, Optional<String> encoding, Optional<String> timeColumn) {}

  Shapes(DuckSession duck, ContentReader contents) {
    this.duck = duck;
    this.contents = contents;
  }

  /** Answers the shape of a version of the node at a path. */
  RelationShape require(NodeVersion version, PondPath path) {
    Map<String, String> attributes = version.facts().attributes();
    Key key =
        new Key(
            Optional.ofNullable(attributes.get(RelationShape.SCHEMA)),
            Optional.ofNullable(attributes.get(RelationShape.TIME_ENCODING)),
            version.facts().timeColumn());
    return known
        .computeIfAbsent(key, ignored -> RelationShape.find(version.facts()))
        .orElseGet(() -> fromFile(version, path));
  }

  /** Tells whether this is the first time that somebody asks about a shape. */
  boolean isNew(RelationShape shape) {
    return seen.add(shape);
  }

  /** Answers what attributes of a node say about its time; the newest version counts. */
  static TimeHints hints(List<NodeVersion> versions) {
    return versions.isEmpty()
        ? TimeHints.NONE
        : TimeHints.of(versions.getLast().facts().attributes());
  }

  private RelationShape fromFile(NodeVersion version, PondPath path) {
    Path file = contents.files(List.of(version)).getFirst();
    String label = path.toString();
    try {
      List<RelationColumn> columns =
          duck.readParquetOutline(file).columns().stream().map(RelationInspector::column).toList();
      TimeHints hints =
          TimeHints.of(version.facts().attributes())
              .or(new TimeHints(version.facts().timeColumn(), Optional.empty()));
      Optional<StoredTime> time =
          TimeColumnFinder.find(columns, hints, label) instanceof TimeColumnFinder.Found.One one
              ? Optional.of(scan(file, one.column(), hints, label))
              : Optional.empty();
      return new RelationShape(columns, time);
    } catch (DuckException e) {
      throw new PondException.Corrupt(
          "version " + version.version() + " of '" + path + "' cannot be read",
          String.valueOf(e.getMessage()),
          "Copy the same content into the pond once more, or restore it from a backup.",
          e);
    }
  }

  private StoredTime scan(Path file, RelationColumn column, TimeHints hints, String label) {
    return TimeScan.of(
            duck,
            ParquetSource.of(
                duck,
                new ParquetSource.VariableNames(),
                List.of(file),
                ParquetSource.Columns.ALIKE),
            column,
            hints,
            Optional.empty(),
            label)
        .time();
  }
}
