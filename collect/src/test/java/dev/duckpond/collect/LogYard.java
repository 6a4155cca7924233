package dev.duckpond.collect;

import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.Visibility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A folder of logs, and a pond that takes them in below {@code /logs}. */
final class LogYard implements AutoCloseable {
  private final CollectPond pond;
  private final Path logs;

  LogYard(Path directory) throws IOException {
    pond = CollectPond.create(directory);
    logs = Files.createDirectories(directory.resolve("logs"));
  }

  CollectPond pond() {
    return pond;
  }

  Path file(String name) {
    return logs.resolve(name);
  }

  /** Takes logs in; the patterns are of files in the folder. */
  CollectPond.Ran run(String archived, String active, String... words) {
    return pond.run(
        "logfile-ingest",
        """
        archived_pattern: %1$s/%2$s
        active_pattern: %1$s/%3$s
        pond_path: /logs
        """
            .formatted(logs, archived, active),
        words);
  }

  void append(String name, String text) {
    try {
      Files.createDirectories(file(name).resolveSibling("."));
      Files.writeString(file(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes to a file that is there, after taking all from it. */
  void truncate(String name, String text) throws IOException {
    Files.writeString(
        file(name), text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  void move(String from, String to) throws IOException {
    Files.move(file(from), file(to));
  }

  void copy(String from, String to) throws IOException {
    Files.createDirectories(file(to).resolveSibling("."));
    Files.copy(file(from), file(to));
  }

  /** Packs a file, which keeps its time. */
  void gzip(String name) throws IOException {
    gzip(file(name));
  }

  /** Packs a file, which keeps its time, and answers the packed one. */
  static Path gzip(Path file) throws IOException {
    Path target = file.resolveSibling(file.getFileName() + ".gz");
    FileTime time = Files.getLastModifiedTime(file);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
      Files.copy(file, out);
    }
    Files.delete(file);
    Files.setLastModifiedTime(target, time);
    return target;
  }

  /** Lists names and contents of all logs of the pond. */
  List<String> all() {
    return pond.tree().match(PathPattern.parse("/logs/**/*"), Visibility.ALL).stream()
        .filter(match -> !match.node().type().isDirectory())
        .map(match -> match.path().toString())
        .map(path -> path.substring("/logs/".length()) + "=" + held(path))
        .toList();
  }

  /** Answers all bytes of a log, by its path in the pond, a character each. */
  String held(String path) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (NodeVersion version : pond.versions(path)) {
      try (InputStream in = pond.tree().snapshot().contents().open(version)) {
        in.transferTo(all);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    pond.close();
  }
}
