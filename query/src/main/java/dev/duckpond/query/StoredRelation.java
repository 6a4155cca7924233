package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.RelationShape.StoredTime;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Versions of stored tables and series, united by name.
 *
 * <p>Neighbours that hold their time alike are one group, and a group is one {@code read_parquet}
 * over a list of files; so the SQL has a few parts, for any number of versions, and rows come in
 * the order of versions. Only when encodings take turns more than {@value #MAX_GROUPS} times are
 * all versions of one encoding a group, and their order is that of the first of each. Of every
 * shape that versions of a group have, one file is always in the list, so that a range of time
 * takes away rows and never columns.
 */
final class StoredRelation implements Relation {
  /** Each group is a part of the SQL. */
  static final int MAX_GROUPS = 100;

  /**
   * Versions that count, of one node.
   *
   * @param visible the times of them that count
   */
  record Part(PondPath path, List<NodeVersion> versions, TemporalBounds visible) {
    Part {
      versions = List.copyOf(versions);
    }
  }

  /** What versions must share to be read together. */
  private record Likeness(Optional<StoredTime> time, TimeRange visible) {}

  /** Versions that hold their time alike, and of which the same times count. */
  private static final class Group {
    private final Likeness likeness;
    private final Optional<StoredTime> time;
    private final List<NodeVersion> versions = new ArrayList<>();
    private final Map<RelationShape, NodeVersion> examples = new LinkedHashMap<>();

    Group(Likeness likeness) {
      this.likeness = likeness;
      this.time = likeness.time();
    }

    /** Answers the times of a range that count; rows without a time only count in all of them. */
    TimeRange visible(TimeRange range) {
      return range.intersect(likeness.visible());
    }

    void add(NodeVersion version, RelationShape shape) {
      versions.add(version);
      examples.putIfAbsent(shape, version);
    }

    ParquetSource.Columns columns() {
      return examples.size() == 1 ? ParquetSource.Columns.ALIKE : ParquetSource.Columns.UNITED;
    }

    List<NodeVersion> meeting(TimeRange range) {
      if (range.equals(TimeRange.ALL)) {
        return versions;
      }
      Set<NodeVersion> kept = Collections.newSetFromMap(new IdentityHashMap<>());
      kept.addAll(examples.values());
      List<NodeVersion> out = new ArrayList<>();
      for (NodeVersion version : versions) {
        List<EventBounds> runs = TimeRuns.of(version.facts());
        if (runs.isEmpty()
            || runs.stream().anyMatch(run -> run.meets(range))
            || kept.contains(version)) {
          out.add(version);
        }
      }
      return out;
    }
  }

  private final QueryScope scope;
  private final List<Part> parts;
  private final List<Group> groups;
  private final Optional<TimeColumn> time;
  private @Nullable List<RelationColumn> columns;

  private StoredRelation(
      QueryScope scope, List<Part> parts, List<Group> groups, Optional<TimeColumn> time) {
    this.scope = scope;
    this.parts = parts;
    this.groups = groups;
    this.time = time;
  }

  /**
   * Unites the versions of some nodes.
   *
   * @throws PondException.Invalid when columns of one name do not fit each other
   */
  static StoredRelation of(QueryScope scope, List<Part> parts) {
    List<Group> neighbours = new ArrayList<>();
    SchemaUnion union = new SchemaUnion();
    Shapes shapes = new Shapes(scope.duck(), scope.contents());
    for (Part part : parts) {
      for (NodeVersion version : part.versions()) {
        RelationShape shape = shapes.require(version, part.path());
        Likeness likeness = new Likeness(shape.time(), part.visible().range());
        if (neighbours.isEmpty() || !neighbours.getLast().likeness.equals(likeness)) {
          neighbours.add(new Group(likeness));
        }
        neighbours.getLast().add(version, shape);
        if (shapes.isNew(shape)) {
          union.add(shape, part.path().toString());
        }
      }
    }
    List<Group> all = neighbours.size() <= MAX_GROUPS ? neighbours : merged(neighbours);
    return new StoredRelation(scope, List.copyOf(parts), List.copyOf(all), commonTime(all));
  }

  private static List<Group> merged(List<Group> neighbours) {
    Map<Likeness, Group> groups = new LinkedHashMap<>();
    for (Group group : neighbours) {
      Group whole = groups.computeIfAbsent(group.likeness, Group::new);
      whole.versions.addAll(group.versions);
      group.examples.forEach(whole.examples::putIfAbsent);
    }
    return List.copyOf(groups.values());
  }

  private static Optional<TimeColumn> commonTime(List<Group> groups) {
    Optional<String> name = groups.getFirst().time.map(StoredTime::column);
    TreeSet<TimeEncoding> encodings = new TreeSet<>();
    for (Group group : groups) {
      if (name.isEmpty()
          || group.time.isEmpty()
          || !group.time.get().column().equalsIgnoreCase(name.get())) {
        return Optional.empty();
      }
      encodings.add(group.time.get().encoding());
    }
    return name.map(known -> new TimeColumn(known, encodings));
  }

  List<Part> parts() {
    return parts;
  }

  @Override
  public List<RelationColumn> columns() {
    List<RelationColumn> known = columns;
    if (known == null) {
      List<Sql> selects =
          groups.stream()
              .map(group ->
                  select(
                      group, TimeRange.ALL, List.copyOf(group.examples.values()), Optional.empty()))
              .toList();
      known = units().noteOn(scope.columns(Sql.list(selects, " UNION ALL BY NAME "), label()));
      columns = known;
    }
    return known;
  }

  private ColumnUnits units() {
    return parts.stream()
        .map(part -> ColumnUnits.notedWith(part.versions()))
        .reduce(ColumnUnits.NONE, ColumnUnits::unitedWith);
  }

  @Override
  public Optional<TimeColumn> time() {
    return time;
  }

  @Override
  public Sql select(TimeRange range) {
    return select(range, Optional.empty());
  }

  @Override
  public Sql selectNumbered(TimeRange range, TimeGrid grid, String name) {
    return select(range, Optional.of(new NormalisedSelect.Numbering(grid, name)));
  }

  private Sql select(TimeRange range, Optional<NormalisedSelect.Numbering> numbering) {
    List<Sql> selects = new ArrayList<>();
    for (Group group : groups) {
      TimeRange visible = group.visible(range);
      if (group.time.isEmpty() && !visible.equals(TimeRange.ALL)) {
        throw QueryScope.withoutTime(label());
      }
      selects.add(select(group, visible, group.meeting(visible), numbering));
    }
    return Sql.list(selects, " UNION ALL BY NAME ");
  }

  private Sql select(
      Group group,
      TimeRange range,
      List<NodeVersion> versions,
      Optional<NormalisedSelect.Numbering> numbering) {
    List<Path> files = files(versions);
    Sql source = ParquetSource.of(scope.duck(), scope.variables(), files, group.columns());
    return NormalisedSelect.of(source, group.time, range, numbering);
  }

  private List<Path> files(List<NodeVersion> versions) {
    try {
      return scope.contents().files(versions);
    } catch (PondException.Corrupt e) {
      throw e.seenAt(damagedPath());
    }
  }

  /** Looks at one version after the other: many come in one call, and only hashes are named. */
  private PondPath damagedPath() {
    for (Part part : parts) {
      for (NodeVersion version : part.versions()) {
        try {
          List<Path> _ = scope.contents().files(List.of(version));
        } catch (PondException.Corrupt e) {
          return part.path();
        }
      }
    }
    return parts.getFirst().path();
  }

  @Override
  public List<Extent> extents() {
    List<Extent> extents = new ArrayList<>();
    for (Part part : parts) {
      extents.addAll(extents(part));
    }
    return extents;
  }

  @Override
  public Derivation derivation() {
    StringBuilder text = new StringBuilder("stored");
    time.ifPresent(column -> text.append(" by ").append(column.name()));
    for (Part part : parts) {
      text.append(' ').append(part.path());
      if (!part.visible().equals(TemporalBounds.NONE)) {
        text.append(" within ").append(part.visible().range());
      }
    }
    // Types decide about rows too: an integer among them is written in another way than a double.
    text.append(' ').append(columns());
    return new Derivation(text.toString(), Reach.INSTANT);
  }

  /** Lists the versions of a node by the times of them that count. */
  private static List<Extent> extents(Part part) {
    return part.versions().stream()
        .map(version -> extent(part.path(), version))
        .map(extent ->
            part.visible().equals(TemporalBounds.NONE) ? extent : seen(extent, part.visible()))
        .toList();
  }

  static Extent extent(PondPath origin, NodeVersion version) {
    return new Extent(
        origin,
        version.hash(),
        TimeRuns.of(version.facts()),
        version.facts().rowCount(),
        version.txnSeq());
  }

  /** How many rows are seen nobody knows without a look, unless it is none. */
  static Extent seen(Extent extent, TemporalBounds visible) {
    List<EventBounds> runs =
        extent.runs().stream().flatMap(run -> visible.clip(run).stream()).toList();
    boolean isHidden = runs.isEmpty() && (!extent.runs().isEmpty() || extent.rows().isPresent());
    OptionalLong rows = isHidden ? OptionalLong.of(0) : OptionalLong.empty();
    return new Extent(extent.origin(), extent.hash(), runs, rows, extent.txnSeq());
  }

  private String label() {
    return parts.getFirst().path()
        + (parts.size() == 1 ? "" : " and " + (parts.size() - 1) + " more");
  }
}
