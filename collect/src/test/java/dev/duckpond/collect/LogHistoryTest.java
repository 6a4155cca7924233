package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.Visibility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logs in random histories: after every run the pond holds each log that was written once, with all
 * of its bytes and none of another, under the name of its file.
 *
 * <p>What nobody could tell apart is left out: of logs that hold only the line that all begin with,
 * none is deleted, or changed and packed between two runs.
 */
final class LogHistoryTest {
  private static final int STEPS = 70;

  @TempDir Path directory;

  /** A log that was begun, wherever its bytes are now. */
  private final class Log {
    private final Path folder;
    private final StringBuilder content = new StringBuilder();
    private String name = "app.log";
    private boolean isPacked;
    private boolean isDeleted;
    private boolean isSeenRotated;
    private boolean isSeenBare;
    private boolean isChangedSince;

    Log(Path folder) {
      this.folder = folder;
    }

    Path file() {
      return folder.resolve(name + (isPacked ? ".gz" : ""));
    }

    boolean hasLinesOfItsOwn() {
      return content.length() > header.length();
    }
  }

  private final List<Log> all = new ArrayList<>();
  private final Log[] active = new Log[2];
  private RandomGenerator random = RandomGenerator.getDefault();
  private int lines;
  private boolean hasNumbers;

  /** The line that all begin with; of some histories longer than what samples look at. */
  private String header = "";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void run_afterRandomHistories_holdsEachLogOnce(long seed) throws IOException {
    play(seed);
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {2000, 3000, 4000})
  void run_afterManyRandomHistories_holdsEachLogOnce(int first) throws IOException {
    for (int seed = first; seed < first + 10; seed++) {
      all.clear();
      Files.createDirectories(directory.resolve("seed-" + seed));
      playIn(directory.resolve("seed-" + seed), seed);
    }
  }

  private void play(long seed) throws IOException {
    playIn(directory, seed);
  }

  private void playIn(Path place, long seed) throws IOException {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    hasNumbers = random.nextBoolean();
    header = "#Fields: time status" + " extra".repeat(random.nextInt(2) * 60) + "\n";
    Path logs = place.resolve("logs");
    for (int i = 0; i < active.length; i++) {
      active[i] = new Log(Files.createDirectories(logs.resolve("host" + i)));
    }
    StringBuilder history = new StringBuilder("seed " + seed + ":");
    try (CollectPond pond = CollectPond.create(place)) {
      for (int step = 0; step < STEPS; step++) {
        history.append('\n').append(step(pond, logs, history.toString()));
      }
      run(pond, logs, history.toString());
      run(pond, logs, history.toString());
      assertThat(pond.commits()).as(history.toString()).isZero();
    } finally {
      System.out.println("log history with seed " + seed);
    }
  }

  private String step(CollectPond pond, Path logs, String history) throws IOException {
    int which = random.nextInt(active.length);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> append(which);
      case 3 -> rotateByRename(which);
      case 4 -> rotateByCopy(which, pond, logs, history);
      case 5 -> pack();
      case 6 -> addLate();
      case 7 -> delete();
      case 8 -> random.nextInt(3) == 0 ? setTimes() : append(which);
      default -> {
        if (random.nextInt(4) == 0) {
          kill(pond, logs);
        }
        run(pond, logs, history);
        yield "run";
      }
    };
  }

  private String append(int which) throws IOException {
    Log log = active[which];
    StringBuilder text = new StringBuilder();
    if (log.content.isEmpty()) {
      all.add(log);
      text.append(header);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append("line ").append(lines++).append(" x".repeat(1 << random.nextInt(9))).append('\n');
    }
    write(log, text.toString());
    return "append to " + log.file() + ": " + log.content.length();
  }

  private static void write(Log log, String text) throws IOException {
    Files.writeString(log.file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    log.content.append(text);
    log.isChangedSince = true;
  }

  private List<Log> rotated(int which) {
    return all.stream()
        .filter(log -> !log.isDeleted && log != active[which])
        .filter(log -> log.folder.equals(active[which].folder))
        .toList();
  }

  /** Makes the name of the next rotated file free. */
  private String nextName(int which) throws IOException {
    if (!hasNumbers) {
      return "app.log.2026-" + all.size();
    }
    // The newest has the lowest number, and all come in the order in which they were begun.
    List<Log> rotated = rotated(which);
    for (int i = 0; i < rotated.size(); i++) {
      Log log = rotated.get(i);
      Path before = log.file();
      log.name = "app.log." + (rotated.size() - i + 1);
      Files.move(before, log.file());
    }
    return "app.log.1";
  }

  private String rotateByRename(int which) throws IOException {
    Log log = active[which];
    if (log.content.isEmpty()) {
      return "nothing to rotate";
    }
    String name = nextName(which);
    Path before = log.file();
    log.name = name;
    Files.deleteIfExists(log.file());
    Files.move(before, log.file());
    active[which] = new Log(log.folder);
    return "rename to " + log.file();
  }

  private String rotateByCopy(int which, CollectPond pond, Path logs, String history)
      throws IOException {
    Log log = active[which];
    if (log.content.isEmpty()) {
      return "nothing to copy";
    }
    Path before = log.file();
    Path copy = before.resolveSibling(nextName(which));
    Files.copy(before, copy);
    if (random.nextBoolean()) {
      Files.setLastModifiedTime(copy, Files.getLastModifiedTime(before));
    }
    boolean isRunBetween = log.hasLinesOfItsOwn() && random.nextBoolean();
    if (isRunBetween) {
      run(pond, logs, history + "\ncopy to " + copy + " and run");
    }
    log.name = copy.getFileName().toString();
    Files.newByteChannel(before, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
        .close();
    active[which] = new Log(log.folder);
    return (isRunBetween ? "copy and run and truncate to " : "copy to ") + log.file();
  }

  private List<Log> closed() {
    return all.stream().filter(log -> !log.isDeleted && !log.name.equals("app.log")).toList();
  }

  private Log any(List<Log> logs) {
    return logs.get(random.nextInt(logs.size()));
  }

  private String pack() throws IOException {
    List<Log> plain =
        closed().stream()
            .filter(log -> !log.isPacked)
            .filter(log -> !log.isSeenBare || !log.isChangedSince)
            .toList();
    if (plain.isEmpty()) {
      return "nothing to pack";
    }
    Log log = any(plain);
    Path before = log.file();
    FileTime time = Files.getLastModifiedTime(before);
    log.isPacked = true;
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log.file()))) {
      Files.copy(before, out);
    }
    Files.delete(before);
    if (!log.hasLinesOfItsOwn() || random.nextBoolean()) {
      Files.setLastModifiedTime(log.file(), time);
    }
    return "pack " + log.file();
  }

  private String addLate() throws IOException {
    List<Log> plain = closed().stream().filter(log -> !log.isPacked).toList();
    if (plain.isEmpty()) {
      return "nothing to add to";
    }
    Log log = any(plain);
    write(log, "late line " + lines++ + "\n");
    return "late line to " + log.file();
  }

  private String delete() throws IOException {
    List<Log> old =
        closed().stream()
            .filter(log -> log.isSeenRotated && !log.isChangedSince && log.hasLinesOfItsOwn())
            .toList();
    if (old.isEmpty()) {
      return "nothing to delete";
    }
    Log log = old.getFirst();
    Files.delete(log.file());
    log.isDeleted = true;
    return "delete " + log.file();
  }

  private String setTimes() throws IOException {
    for (Log log : all) {
      if (!log.isDeleted && !log.isSeenBare) {
        Files.setLastModifiedTime(log.file(), FileTime.from(CollectPond.START));
        log.isChangedSince = true;
      }
    }
    return "set all times to one";
  }

  private static CollectPond.Ran collect(CollectPond pond, Path logs) {
    return pond.run(
        "logfile-ingest",
        """
        archived_pattern: %1$s/*/app.log.*
        active_pattern: %1$s/*/app.log
        pond_path: /logs
        """
            .formatted(logs));
  }

  private void kill(CollectPond pond, Path logs) {
    if (random.nextBoolean()) {
      pond.killBeforeCommit(1 + random.nextInt(3));
    } else {
      pond.killAfterCommit(1 + random.nextInt(3));
    }
    try {
      collect(pond, logs);
    } catch (CollectPond.Killed e) {
      pond.reopen();
    }
    pond.killNoMore();
  }

  private void run(CollectPond pond, Path logs, String history) throws IOException {
    collect(pond, logs).requireDone();
    List<String> held = new ArrayList<>();
    for (var match : pond.tree().match(PathPattern.parse("/logs/**/*"), Visibility.ALL)) {
      if (!match.node().type().isDirectory()) {
        held.add(held(pond, match.path().toString()));
      }
    }
    assertThat(held)
        .as(history)
        .containsExactlyInAnyOrderElementsOf(
            all.stream().map(log -> log.content.toString()).toList());
    for (Log log : all) {
      log.isSeenRotated = !log.name.equals("app.log");
      log.isSeenBare = log.isSeenRotated && !log.hasLinesOfItsOwn();
      log.isChangedSince = false;
      if (!log.isDeleted) {
        String path = "/logs/" + log.folder.getFileName() + "/" + log.name;
        assertThat(held(pond, path)).as(path + "\n" + history).isEqualTo(log.content.toString());
      }
    }
  }

  private static String held(CollectPond pond, String path) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (NodeVersion version : pond.versions(path)) {
      try (InputStream in = pond.tree().snapshot().contents().open(version)) {
        in.transferTo(bytes);
      }
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }
}
