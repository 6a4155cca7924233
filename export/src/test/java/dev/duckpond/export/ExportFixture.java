package dev.duckpond.export;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RelationInspector;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TimeHints;
import dev.duckpond.testkit.MemoryBackend;
import dev.duckpond.testkit.PondFixture;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.StagedContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A pond in memory, an empty directory to export to, and short words for what tests do.
 *
 * <pre>
 * temp/pond      files of the pond's content
 * temp/scratch   of sessions
 * temp/out       the export
 * </pre>
 */
final class ExportFixture implements AutoCloseable {
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  private final Path pond;
  private final Path scratch;
  private final Path out;
  private final PondFixture fixture;
  private final DuckSession duck;
  private int made;

  ExportFixture(Path temp) {
    this.pond = make(temp.resolve("pond"));
    this.scratch = make(temp.resolve("scratch"));
    this.out = temp.resolve("out");
    this.fixture =
        new PondFixture(
            new MemoryBackend(), pond, new FactoryRegistry(List.of(new SameRowsFactory())));
    this.duck =
        DuckSession.open(
            DuckOptions.builder(scratch.resolve("spill")).allowDirectory(temp).build());
  }

  private static Path make(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PondFixture pond() {
    return fixture;
  }

  /** The engine, to look at what was exported. */
  DuckSession duck() {
    return duck;
  }

  Path out() {
    return out;
  }

  /** Appends a version to a series: the rows of a query. */
  void series(String path, Sql select) {
    put(path, EntryType.TABLE_SERIES, select);
  }

  /** Writes a table: the rows of a query. */
  void table(String path, Sql select) {
    put(path, EntryType.TABLE, select);
  }

  private void put(String path, EntryType type, Sql select) {
    made++;
    Path file = scratch.resolve("made" + made + ".parquet");
    duck.copyToParquet(select, file, ParquetOptions.defaults());
    file(path, type, file);
  }

  /** Writes a version of a file as it is. */
  void file(String path, EntryType type, Path file) {
    PondPath target = PondPath.of(path);
    RelationInspector inspector = new RelationInspector(duck);
    ContentFacts facts =
        type == EntryType.TABLE
            ? inspector.inspect(file, path, TimeHints.NONE)
            : inspector.inspectSeries(
                file, path, SeriesTarget.of(target, fixture.tree()), TimeHints.NONE);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    fixture.commit((edit, write) -> {
      edit.makeDirectories(target.parent());
      StagedContent content = write.stage(new ByteArrayInputStream(bytes), type);
      edit.write(target, type, content, facts);
    });
  }

  /** Writes a data file. */
  void data(String path, String text) {
    write(path, EntryType.DATA, text, ContentFacts.NONE);
  }

  /** Makes a computed relation with the rows of another path. */
  void sameRows(String path, String source) {
    ContentFacts facts = ContentFacts.builder().factory(SameRowsFactory.NAME).build();
    write(path, EntryType.TABLE_DYNAMIC, source, facts);
  }

  private void write(String path, EntryType type, String text, ContentFacts facts) {
    PondPath target = PondPath.of(path);
    fixture.commit((edit, write) -> {
      edit.makeDirectories(target.parent());
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      StagedContent content = write.stage(new ByteArrayInputStream(bytes), type);
      edit.write(target, type, content, facts);
    });
  }

  ExportRequest.Builder request(String... patterns) {
    return request(out, patterns);
  }

  static ExportRequest.Builder request(Path directory, String... patterns) {
    return ExportRequest.builder(
        directory, Arrays.stream(patterns).map(PathPattern::parse).toList());
  }

  /** Starts a request by year and month. */
  ExportRequest.Builder monthly(String... patterns) {
    return request(patterns).temporal(TemporalLevel.parse("year,month"));
  }

  ExportReport run(ExportRequest.Builder request) {
    return run(request, new DurableFileOperations(), 2);
  }

  ExportReport run(ExportRequest.Builder request, FileOperations files, int threads) {
    return run(request, files, threads, session -> ExportListener.NONE);
  }

  /** Runs with a listener that may stop the session. */
  ExportReport run(ExportRequest.Builder request, Function<QuerySession, ExportListener> listener) {
    return run(request, new DurableFileOperations(), 2, listener);
  }

  private ExportReport run(
      ExportRequest.Builder request,
      FileOperations files,
      int threads,
      Function<QuerySession, ExportListener> listener) {
    ExportRequest built = request.build();
    QueryOptions options =
        QueryOptions.builder(scratch.resolve("session"))
            .threads(threads)
            .pondDirectory(pond)
            .pondDirectory(Exporter.sessionDirectory(built.directory()))
            .build();
    try (QuerySession session = QuerySession.open(options, fixture.tree())) {
      return new Exporter(CLOCK, files)
          .run(built, fixture.tree(), session, listener.apply(session));
    }
  }

  /** Answers one number of a query. */
  long number(Sql select) {
    return duck.list(select, row -> row.longValue(0)).getFirst();
  }

  /** Answers {@code read_parquet} of a path below the export, wildcards allowed. */
  Sql parquet(String glob) {
    return Sql.of("read_parquet(")
        .plus(Sql.literal(out.resolve(glob).toString()))
        .plus(", union_by_name = true, filename = true, file_row_number = true)");
  }

  /** Counts neighbours in files that are out of order. */
  long inversions(String glob) {
    return number(
        Sql.of(
                "SELECT count(*) FROM (SELECT timestamp < lag(timestamp) OVER (PARTITION BY"
                    + " filename ORDER BY file_row_number) AS down FROM ")
            .plus(parquet(glob))
            .plus(") WHERE down"));
  }

  /** Answers every file of the export by path, with its bytes as a hash, but for the lock. */
  Map<String, String> tree() {
    return tree(out);
  }

  static Map<String, String> tree(Path root) {
    Map<String, String> files = new TreeMap<>();
    if (!Files.exists(root)) {
      return files;
    }
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.toList()) {
        String name = root.relativize(path).toString();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          files.put(name + "/", "");
        } else if (!name.equals(".pond-export.lock")) {
          files.put(name, StagingArea.hash(path).hex());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static List<String> written(ExportReport report) {
    return report
        .files()
        .filter(file -> file.outcome() == ExportReport.Outcome.WRITTEN)
        .map(ExportReport.FileReport::path)
        .toList();
  }

  @Override
  public void close() {
    duck.close();
    fixture.close();
  }
}
