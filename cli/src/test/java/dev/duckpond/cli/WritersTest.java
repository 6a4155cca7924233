package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one pond at once. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
final class WritersTest {
  private static final int WRITERS = 4;
  private static final int COMMITS_EACH = 9;

  /** Large enough to be stopped while it is read. */
  private static final long LARGE_BYTES = 192L << 20;

  /** Hours, so that an export by day has a hundred files to write. */
  private static final int SERIES_ROWS = 2_400;

  @TempDir Path home;

  @Test
  void secondWriter_withPatience_waitsAndBothSucceedInOrder() throws IOException {
    Harbours pond = Harbours.create(home);
    Path large = pond.makeSparseFile("large", LARGE_BYTES);
    try (PondProcess first = PondProcess.pond(pond.home(), "copy", large.toString(), "/large")) {
      first.require(pond::isWriterNamed);
      first.signal("STOP");
      try (PondProcess second = PondProcess.pond(pond.home(), "mkdir", "/second")) {
        second.require(() -> second.hasOpen(pond.layout().lockFile()));
        first.signal("CONT");
        first.requireDone();
        second.requireDone();
      }
    }
    assertThat(pond.commands()).containsExactly("copy " + large + " /large", "mkdir /second");
    assertThat(pond.requireLinearHistory()).isEqualTo(3);
    pond.requireSettled();
  }

  @Test
  void secondWriter_withoutPatience_namesTheFirstAndReadersGoOn() throws IOException {
    Harbours pond = Harbours.create(home);
    pond.require("mkdir", "/before");
    Path large = pond.makeSparseFile("large", LARGE_BYTES);
    try (PondProcess first = PondProcess.pond(pond.home(), "copy", large.toString(), "/large")) {
      first.require(pond::isWriterNamed);
      first.signal("STOP");
      try (PondProcess second =
          PondProcess.pond(pond.home(), "mkdir", "/second", "--lock-timeout", "0s")) {
        assertThat(second.exitCode()).isEqualTo(ExitCode.LOCKED.status());
        assertThat(second.out()).isEmpty();
        assertThat(second.err())
            .startsWith("pond: the pond is being written to")
            .containsPattern("held by process " + first.pid() + " of \\S+ on \\S+, since 20\\S+Z:")
            .contains(": pond copy " + large + " /large;")
            .contains("\n  try: ");
      }
      CliResult recover = pond.run("recover", "--lock-timeout", "1ms");
      assertThat(recover.status()).isEqualTo(ExitCode.LOCKED.status());
      assertThat(recover.err()).contains("held by process " + first.pid());
      assertThat(pond.require("list", "/*").lines())
          .hasSize(1)
          .first()
          .asString()
          .contains("/before");
      assertThat(pond.require("sql", "SELECT count(*) AS n FROM pond_transactions"))
          .isEqualTo("n\n2\n");
      first.signal("CONT");
      first.requireDone();
    }
    assertThat(pond.paths()).containsExactlyInAnyOrder("/before", "/large");
    pond.requireSettled();
  }

  @Test
  void secondExport_intoTheSameDirectory_namesTheFirst() throws IOException {
    Harbours pond = Harbours.create(home);
    Path series = home.resolve("series");
    pond.makeSeries(series, SERIES_ROWS, 1);
    pond.require("copy", series.toString(), "/series");
    Path out = home.resolve("out");
    String[] words = {"export", "-p", "/*", "-d", out.toString(), "--temporal", "year,month,day"};
    try (PondProcess first = PondProcess.pond(pond.home(), words)) {
      first.require(() -> Files.exists(HostFiles.staging(out)));
      first.signal("STOP");
      CliResult second = pond.run(words);
      assertThat(second.status()).isEqualTo(ExitCode.LOCKED.status());
      assertThat(second.err())
          .startsWith("pond: another export is writing to '" + out + "'")
          .contains("process " + first.pid() + " began at 20")
          .contains("\n  try: ");
      // An export only reads the pond, so it keeps nobody from writing.
      pond.require("mkdir", "/meanwhile");
      first.signal("CONT");
      first.requireDone();
    }
    assertThat(HostFiles.staging(out)).doesNotExist();
    pond.requireSettled();
  }

  @Test
  void severalWriters_withReadersBeside_loseNothing() throws Exception {
    Harbours pond = Harbours.create(home);
    // So that a look always finds something.
    pond.require("mkdir", "/first");
    AtomicBoolean isOver = new AtomicBoolean();
    TreeSet<String> told = new TreeSet<>();
    List<PondProcess> writers = new ArrayList<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
      try {
        for (int i = 0; i < WRITERS; i++) {
          writers.add(
              PondProcess.start(
                  pond.home(),
                  CommittingProcess.class,
                  "/writer-" + i + "-",
                  Integer.toString(COMMITS_EACH)));
        }
        Future<Integer> looks = readers.submit(() -> look(pond, isOver));
        Future<Integer> recoveries = readers.submit(() -> recover(pond, isOver));
        for (PondProcess writer : writers) {
          writer.requireDone();
          assertThat(writer.err()).isEmpty();
          assertThat(writer.lines()).hasSize(COMMITS_EACH);
          told.addAll(writer.lines());
        }
        isOver.set(true);
        assertThat(looks.get()).isPositive();
        assertThat(recoveries.get()).isPositive();
      } finally {
        isOver.set(true);
        writers.forEach(PondProcess::close);
      }
    }
    assertThat(told).hasSize(WRITERS * COMMITS_EACH);
    told.add("/first");
    assertThat(pond.paths()).isEqualTo(told);
    assertThat(pond.requireLinearHistory()).isEqualTo(1 + told.size());
    assertThat(pond.contents()).hasSize(WRITERS * COMMITS_EACH * 2 / 3);
    pond.requireSettled();
  }

  /** Reads again and again what is there, which never becomes less; answers how often. */
  private static int look(Harbours pond, AtomicBoolean isOver) {
    int looks = 0;
    long last = 0;
    while (!isOver.get()) {
      long listed = pond.require("list", "/*").lines().count();
      long transactions =
          Long.parseLong(
              pond.require("sql", "SELECT count(*) AS n FROM pond_transactions")
                  .lines()
                  .toList()
                  .getLast());
      assertThat(listed).isGreaterThanOrEqualTo(last);
      assertThat(transactions).isGreaterThanOrEqualTo(1 + listed);
      pond.require("log", "--limit", "3");
      pond.require("status");
      last = transactions - 1;
      looks++;
    }
    return looks;
  }

  /** Recovers again and again, which waits for its turn as writers do; answers how often. */
  private static int recover(Harbours pond, AtomicBoolean isOver) {
    int recoveries = 0;
    while (!isOver.get()) {
      assertThat(pond.require("recover")).isEqualTo("nothing to recover\n");
      recoveries++;
    }
    return recoveries;
  }
}
