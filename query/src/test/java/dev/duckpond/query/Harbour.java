package dev.duckpond.query;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.testkit.MemoryBackend;
import dev.duckpond.testkit.PondFixture;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A pond in memory with an engine beside it that makes the Parquet files to put in:
 *
 * <pre>
 * directory/files    Parquet and text of this machine
 * directory/pond     what the pond keeps
 * directory/scratch  what sessions leave
 * </pre>
 */
final class Harbour implements AutoCloseable {
  private final Path directory;
  private final Path files;
  private final PondFixture pond;
  private final DuckSession duck;
  private int made;

  Harbour(Path directory) {
    this.directory = directory;
    this.files = directory.resolve("files");
    try {
      Files.createDirectories(files);
      Files.createDirectories(directory.resolve("scratch"));
      Files.createDirectories(directory.resolve("pond"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.pond = new PondFixture(new MemoryBackend(), directory.resolve("pond"));
    this.duck =
        DuckSession.open(
            DuckOptions.builder(directory.resolve("spill"))
                .threads(2)
                .allowDirectory(directory)
                .build());
  }

  PondFixture pond() {
    return pond;
  }

  PondTree tree() {
    return pond.tree();
  }

  /** An engine that may read and write everything in the directory. */
  DuckSession duck() {
    return duck;
  }

  /** Writes the rows of a query to a Parquet file of this machine. */
  Path parquet(String sql) {
    Path file = files.resolve("made-" + ++made + ".parquet");
    duck.copyToParquet(duck.requireSelect(sql), file, ParquetOptions.defaults());
    return file;
  }

  /** Writes text to a file of this machine. */
  Path text(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes to a file of this machine. */
  Path bytes(String name, byte[] bytes) {
    try {
      return Files.write(files.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends the rows of a query to a series, inspected as the command line does. */
  void append(String path, String sql) {
    append(path, parquet(sql), TimeHints.NONE);
  }

  void append(String path, Path file, TimeHints hints) {
    PondPath target = PondPath.of(path);
    ContentFacts facts =
        new RelationInspector(duck)
            .inspectSeries(
                file, file.getFileName().toString(), SeriesTarget.of(target, tree()), hints);
    write(path, EntryType.TABLE_SERIES, file, facts);
  }

  /** Writes a table, inspected. */
  void table(String path, String sql) {
    Path file = parquet(sql);
    ContentFacts facts =
        new RelationInspector(duck).inspect(file, file.getFileName().toString(), TimeHints.NONE);
    write(path, EntryType.TABLE, file, facts);
  }

  /** Writes data. */
  void data(String path, byte[] bytes) {
    write(path, EntryType.DATA, bytes("data-" + ++made, bytes), ContentFacts.NONE);
  }

  void data(String path, String text) {
    data(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a version with the facts given, whatever is in the file. */
  void write(String path, EntryType type, Path file, ContentFacts facts) {
    PondPath target = PondPath.of(path);
    pond.commit((edit, write) -> {
      edit.makeDirectories(target.parent());
      try (InputStream in = Files.newInputStream(file)) {
        edit.write(target, type, write.stage(in, type), facts);
      }
    });
  }

  QuerySession open(PondUrl... hostUrls) {
    return QuerySession.open(options(hostUrls), tree());
  }

  QueryOptions options(PondUrl... hostUrls) {
    return QueryOptions.builder(directory.resolve("scratch"))
        .threads(2)
        .pondDirectory(directory.resolve("pond"))
        .hostFilesOf(List.of(hostUrls))
        .build();
  }

  /** Answers the CSV of a user's query, in a session of its own. */
  String csv(String userSql) {
    try (QuerySession session = open()) {
      return csv(session, session.prepare(userSql));
    }
  }

  /** Answers the CSV of the rows of a path in a range of time. */
  String csv(String path, TimeRange range) {
    try (QuerySession session = open()) {
      return csv(session, session.relation(PondUrl.parse(path)).select(range));
    }
  }

  static String csv(QuerySession session, Sql query) {
    return written(session, query, ResultFormat.CSV);
  }

  static String written(QuerySession session, Sql query, ResultFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new ResultWriter(session).write(query, format, out);
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
