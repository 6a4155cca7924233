package dev.duckpond.factories;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RelationInspector;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.query.ResultWriter;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TemporalBounds;
import dev.duckpond.query.TimeHints;
import dev.duckpond.testkit.MemoryBackend;
import dev.duckpond.testkit.PondFixture;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pond in memory that knows all factories, with an engine beside it that makes what goes in. */
final class ComputedPond implements AutoCloseable {
  private final Path directory;
  private final FactoryRegistry registry;
  private final PondFixture pond;
  private final DuckSession duck;
  private int made;

  ComputedPond(Path directory) {
    this(directory, Map.of());
  }

  ComputedPond(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.registry =
        new Factories(List.of()).registry(name -> Optional.ofNullable(environment.get(name)));
    try {
      Files.createDirectories(directory.resolve("scratch"));
      Files.createDirectories(directory.resolve("pond"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.pond = new PondFixture(new MemoryBackend(), directory.resolve("pond"), registry);
    this.duck =
        DuckSession.open(
            DuckOptions.builder(directory.resolve("spill"))
                .threads(2)
                .allowDirectory(directory)
                .build());
  }

  PondTree tree() {
    return pond.tree();
  }

  /** Appends the rows of a query to a series. */
  void append(String path, String sql) {
    Path file = directory.resolve("made-" + ++made + ".parquet");
    duck.copyToParquet(duck.requireSelect(sql), file, ParquetOptions.defaults());
    append(path, file);
  }

  private void append(String path, Path file) {
    PondPath target = PondPath.of(path);
    ContentFacts facts =
        new RelationInspector(duck)
            .inspectSeries(
                file, target.toString(), SeriesTarget.of(target, tree()), TimeHints.NONE);
    pond.commit((edit, write) -> {
      edit.makeDirectories(target.parent());
      try (InputStream in = Files.newInputStream(file)) {
        edit.write(target, EntryType.TABLE_SERIES, write.stage(in, EntryType.TABLE_SERIES), facts);
      }
    });
  }

  /** Writes text as data. */
  void data(String path, String text) {
    PondPath target = PondPath.of(path);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    pond.commit((edit, write) -> {
      edit.makeDirectories(target.parent());
      edit.write(
          target,
          EntryType.DATA,
          write.stage(new ByteArrayInputStream(bytes), EntryType.DATA),
          ContentFacts.NONE);
    });
  }

  /** Hides the rows of a series before and after two instants, both of which stay. */
  void bound(String path, TemporalBounds bounds) {
    pond.commit((edit, write) -> edit.setAttributes(PondPath.of(path), bounds.within(Map.of())));
  }

  /** Writes all versions of a series together into one, with the same rows. */
  void unite(String path) {
    Path file = directory.resolve("united-" + ++made + ".parquet");
    try (QuerySession session = open()) {
      Sql rows = session.relation(PondUrl.parse(path)).select(TimeRange.ALL);
      session.duck().copyToParquet(rows, scratch(file), ParquetOptions.defaults());
    }
    remove(path);
    append(path, scratch(file));
  }

  private Path scratch(Path file) {
    return directory.resolve("scratch").resolve(file.getFileName());
  }

  /** Makes a computed node, checked as mknod does. */
  void node(String factory, String path, String yaml) {
    PondPath target = PondPath.of(path);
    NodeFactory known = registry.find(factory).orElseThrow();
    known.check(new NodeFactory.NodeConfig(target, yaml));
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    pond.commit((edit, write) -> {
      edit.makeDirectories(target.parent());
      edit.write(
          target,
          known.entryType(),
          write.stage(new ByteArrayInputStream(bytes), known.entryType()),
          ContentFacts.builder().factory(factory).build());
    });
  }

  /** Removes a path. */
  void remove(String path) {
    pond.commit((edit, write) -> edit.remove(PondPath.of(path)));
  }

  /** Opens a session that keeps nothing; the caller closes it. */
  QuerySession open() {
    return QuerySession.open(options().build(), tree());
  }

  /** Opens a session that keeps computed buckets, of however few rows; the caller closes it. */
  QuerySession openKeeping(long limitBytes) {
    return QuerySession.open(
        options()
            .rollups(
                new QueryOptions.RollupOptions(rollups(), limitBytes, 0, InstantSource.system()))
            .build(),
        tree());
  }

  Path rollups() {
    return directory.resolve("pond/rollups");
  }

  private QueryOptions.Builder options() {
    return QueryOptions.builder(directory.resolve("scratch"))
        .threads(2)
        .pondDirectory(directory.resolve("pond"));
  }

  /** Answers the CSV of a user's query. */
  String csv(String userSql) {
    try (QuerySession session = open()) {
      return csv(session, session.prepare(userSql));
    }
  }

  /** Answers the CSV of the rows of a path in a range of time, sorted by the first column. */
  String csv(String path, TimeRange range) {
    try (QuerySession session = open()) {
      Sql rows = session.relation(PondUrl.parse(path)).select(range);
      return csv(session, Sql.of("SELECT * FROM (").plus(rows).plus(") ORDER BY 1"));
    }
  }

  /** Answers the plan of a user's query. */
  String plan(String userSql) {
    return csv("EXPLAIN " + userSql);
  }

  static String csv(QuerySession session, Sql query) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new ResultWriter(session).write(query, ResultFormat.CSV, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    duck.close();
    pond.close();
  }
}
