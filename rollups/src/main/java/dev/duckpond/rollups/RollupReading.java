package dev.duckpond.rollups;

import static java.util.Objects.requireNonNull;

import dev.duckpond.duckdb.ExactPath;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.duckdb.WrittenParquet;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One answer: what is kept, where this session can read it, and what is added. */
final class RollupReading {
  private static final Logger LOG = LoggerFactory.getLogger(RollupReading.class);

  /** Tiles that one statement computes, so that memory does not grow with history. */
  static final int TILES_PER_STATEMENT = 1024;

  /** Spans apart from each other that one statement computes. */
  static final int SPANS_PER_STATEMENT = 16;

  /** Beyond this number of files the small ones are written together. */
  static final int MAX_SEGMENTS = 16;

  /**
   * Beyond this number of spans everything is written together, when half as many files are there.
   */
  static final int MAX_SPANS = 256;

  private final QuerySession session;
  private final RollupCache cache;

  private final RollupSource source;
  private final Tiles tiles;
  private final RecipeDirectory directory;
  private final Path scratch;
  private final Map<Segment, Path> files = new LinkedHashMap<>();
  private final Set<Segment> made = new HashSet<>();
  private int names;

  RollupReading(QuerySession session, RollupCache cache, RollupSource source) throws IOException {
    this.session = session;
    this.cache = cache;
    this.source = source;
    this.tiles = Tiles.of(source);
    this.directory = cache.of(source.recipe());
    Path parent = session.options().scratch();
    Files.createDirectories(parent);
    this.scratch = Files.createTempDirectory(parent, "rollup-");
  }

  Sql select(TimeRange range, InstantSource clock) throws IOException {
    List<Tiles.Run> runs = tiles.runs(range);
    Inventory stored = directory.read();
    for (Segment segment : stored.current(tiles, runs).segments()) {
      Optional<Path> linked = directory.link(segment, next());
      if (linked.isPresent()) {
        files.put(segment, linked.get());
      }
    }
    Inventory usable = stored.where(this::isReadableOrUnused);
    List<Tiles.Run> missing = readable(usable).current(tiles, runs).missing(tiles, runs);
    Inventory complete = usable.with(computed(missing));
    Inventory current = readable(complete).current(tiles, runs);
    if (isScattered(current)) {
      complete = complete.with(merged(current));
      current = readable(complete).current(tiles, runs);
    }
    if (complete.equals(stored)) {
      touch(clock);
    } else {
      store(complete, clock);
    }
    return rows(current, range);
  }

  /** What this answer does not ask for is kept as it is, without a look at it. */
  private boolean isReadableOrUnused(Holding holding) {
    return files.containsKey(holding.segment())
        || Files.isRegularFile(directory.path().resolve(holding.segment().file()));
  }

  private Inventory readable(Inventory inventory) {
    return inventory.where(holding -> files.containsKey(holding.segment()));
  }

  private List<Holding> computed(List<Tiles.Run> missing) throws IOException {
    List<Holding> computed = new ArrayList<>();
    Batch batch = new Batch();
    for (Tiles.Run run : missing) {
      for (int from = run.from(); from < run.to(); from += TILES_PER_STATEMENT) {
        int to = Math.min(run.to(), from + TILES_PER_STATEMENT);
        Tiles.Run part = new Tiles.Run(from, to, run.key());
        if (!batch.takes(part)) {
          computed.addAll(compute(batch.runs));
          batch = new Batch();
        }
        batch.add(part);
      }
    }
    if (!batch.runs.isEmpty()) {
      computed.addAll(compute(batch.runs));
    }
    return computed;
  }

  /** What one statement computes; runs that touch are one span to it. */
  private static final class Batch {
    private final List<Tiles.Run> runs = new ArrayList<>();
    private int tiles;
    private int spans;

    boolean takes(Tiles.Run run) {
      return tiles + run.count() <= TILES_PER_STATEMENT
          && (touches(run) || spans < SPANS_PER_STATEMENT);
    }

    void add(Tiles.Run run) {
      spans += touches(run) ? 0 : 1;
      tiles += run.count();
      runs.add(run);
    }

    private boolean touches(Tiles.Run run) {
      return !runs.isEmpty() && runs.getLast().to() == run.from();
    }
  }

  private List<Holding> compute(List<Tiles.Run> batch) throws IOException {
    List<TimeRange> ranges = new ArrayList<>();
    for (Tiles.Run run : batch) {
      TimeRange range = tiles.range(run.from(), run.to());
      TimeRange last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null && last.toMicros() == range.fromMicros()) {
        ranges.set(ranges.size() - 1, new TimeRange(last.fromMicros(), range.toMicros()));
      } else {
        ranges.add(range);
      }
    }
    Segment segment = write(ranges.stream().map(source.compute()).toList());
    List<Holding> holdings = new ArrayList<>();
    for (Tiles.Run run : batch) {
      holdings.add(new Holding(tiles.begin(run.from()), tiles.begin(run.to()), run.key(), segment));
    }
    return holdings;
  }

  private Segment write(List<Sql> selects) throws IOException {
    Path file = next();
    Sql sorted =
        new SqlBuilder()
            .text("SELECT * FROM (")
            .append(
                Sql.list(
                    selects.stream().map(RollupReading::nested).toList(), " UNION ALL BY NAME "))
            .text(") ORDER BY ")
            .identifier(source.timeColumn())
            .build();
    WrittenParquet written =
        session.duck().copyExactToParquet(sorted, file, ParquetOptions.defaults());
    Segment segment = RecipeDirectory.segment(file, written.rows());
    files.put(segment, file);
    made.add(segment);
    return segment;
  }

  private static Sql nested(Sql select) {
    return Sql.of("SELECT * FROM (").plus(select).plus(")");
  }

  /** Spans apart from each other stay so in one file, so that alone is no reason to write again. */
  private static boolean isScattered(Inventory current) {
    int segments = current.segments().size();
    return segments > MAX_SEGMENTS
        || (segments > MAX_SEGMENTS / 2 && current.holdings().size() > MAX_SPANS);
  }

  /** Writes the spans of small files into one; all, when it is the spans that are too many. */
  private List<Holding> merged(Inventory current) throws IOException {
    List<Segment> smallest =
        current.segments().stream().sorted(Comparator.comparingLong(Segment::rows)).toList();
    Set<Segment> chosen =
        new HashSet<>(
            current.segments().size() > MAX_SEGMENTS
                ? smallest.subList(0, smallest.size() - 1)
                : smallest);
    Inventory moved = current.where(holding -> chosen.contains(holding.segment()));
    Segment together = write(List.of(rows(moved, TimeRange.ALL)));
    return moved.holdings().stream()
        .map(old -> new Holding(old.fromMicros(), old.toMicros(), old.key(), together))
        .toList();
  }

  private Sql rows(Inventory current, TimeRange range) {
    Map<Segment, List<Holding>> bySegment = new LinkedHashMap<>();
    for (Holding holding : current.holdings()) {
      bySegment.computeIfAbsent(holding.segment(), _ -> new ArrayList<>()).add(holding);
    }
    List<Sql> selects = new ArrayList<>();
    bySegment.forEach((segment, holdings) -> selects.add(rows(segment, holdings, range)));
    return selects.isEmpty()
        ? source.compute().apply(new TimeRange(0, 0))
        : Sql.list(selects, " UNION ALL BY NAME ");
  }

  private Sql rows(Segment segment, List<Holding> holdings, TimeRange range) {
    Path file = requireNonNull(files.get(segment));
    List<Sql> spans = new ArrayList<>();
    TimeRange open = null;
    for (Holding holding : holdings) {
      TimeRange span = new TimeRange(holding.fromMicros(), holding.toMicros()).intersect(range);
      if (open != null && open.toMicros() == span.fromMicros()) {
        open = new TimeRange(open.fromMicros(), span.toMicros());
      } else {
        if (open != null) {
          spans.add(within(open));
        }
        open = span;
      }
    }
    if (open != null) {
      spans.add(within(open));
    }
    return new SqlBuilder()
        .text("SELECT * FROM read_parquet([")
        .append(ExactPath.literal(file))
        .text("], hive_partitioning = false) WHERE ")
        .append(Sql.list(spans, " OR "))
        .build();
  }

  private Sql within(TimeRange range) {
    Sql time = Sql.identifier(source.timeColumn());
    SqlBuilder sql = new SqlBuilder().text("(true");
    if (range.startsBounded()) {
      sql.text(" AND ").append(time).text(" >= make_timestamp(").literal(range.fromMicros());
      sql.text(")");
    }
    if (range.endsBounded()) {
      sql.text(" AND ").append(time).text(" < make_timestamp(").literal(range.toMicros());
      sql.text(")");
    }
    return sql.text(")").build();
  }

  private void store(Inventory inventory, InstantSource clock) {
    try {
      for (Segment segment : inventory.segments()) {
        if (made.contains(segment)) {
          directory.publish(segment, requireNonNull(files.get(segment)));
        }
      }
      directory.write(inventory, clock.instant());
      cache.trim();
    } catch (IOException e) {
      Rollups.warn(session, source, "kept", e);
    }
  }

  private void touch(InstantSource clock) {
    try {
      directory.touch(clock.instant());
    } catch (IOException e) {
      LOG.debug("the use of {} cannot be noted", directory.path(), e);
    }
  }

  private Path next() {
    names++;
    return scratch.resolve(names + ".parquet");
  }
}
