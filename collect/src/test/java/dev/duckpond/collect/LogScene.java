package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/**
 * A pond, and a folder of logs of which the first is {@code app.log}, for the tests of one class.
 */
abstract class LogScene extends YardScene {
  private final String archived;
  private final String active;
  private long ticks;
  CollectPond pond;
  Path logs;
  Path app;

  /** Takes in what patterns of files in the folder match. */
  LogScene(String archived, String active) {
    this.archived = archived;
    this.active = active;
  }

  @BeforeEach
  void lookAround() {
    pond = yard.pond();
    logs = yard.file("");
    app = yard.file("app.log");
  }

  CollectPond.Ran run(String... words) {
    return yard.run(archived, active, words);
  }

  static void append(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Adds to the first log, which gets a time of its own. */
  void append(String text) throws IOException {
    append(app, text);
    touch(app);
  }

  /** Files get times of their own, as they do in longer lives. */
  void touch(Path file) throws IOException {
    ticks++;
    time(file, ticks);
  }

  static void time(Path file, long second) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(CollectPond.START.plusSeconds(second)));
  }

  /** Packs a file, which keeps its time, and answers the packed one. */
  static Path gzip(Path file) throws IOException {
    return LogYard.gzip(file);
  }

  String held(String name) {
    return yard.held("/logs/" + name);
  }

  /** Lists names and contents of all logs of the pond. */
  List<String> all() {
    return yard.all();
  }

  List<String> contents() {
    return all().stream().map(each -> each.substring(each.indexOf('=') + 1)).toList();
  }

  List<String> names() {
    return pond.tree().list(PondPath.of("/logs")).stream()
        .map(match -> match.path().name().text())
        .toList();
  }
}
