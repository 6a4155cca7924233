package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Logs that grow and rotate between runs. */
final class LogFilesTest extends LogScene {
  private static final Pattern READ = Pattern.compile("(\\d+) bytes of active files read");

  LogFilesTest() {
    super("app.log.*", "app.log");
  }

  private static String lines(String word, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(word).append(' ').append(i).append('\n');
    }
    return text.toString();
  }

  @Test
  void run_fileThatGrows_takesOnlyWhatIsNew() throws IOException {
    append(lines("first", 1000));
    run().requireDone();
    append("more\n");

    CollectPond.Ran ran = run().requireDone();

    assertThat(held("app.log")).isEqualTo(lines("first", 1000) + "more\n");
    assertThat(pond.versions("/logs/app.log")).hasSize(2);
    assertThat(pond.versions("/logs/app.log").getLast().sizeBytes()).isEqualTo(5);
    assertThat(ran.printed().getFirst()).isEqualTo("/logs/app.log: 5 bytes more, from " + app);
    assertThat(read(ran)).isLessThanOrEqualTo(5 + 4 * LogSample.BYTES);
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  private static long read(CollectPond.Ran ran) {
    Matcher matcher = READ.matcher(ran.printed().getLast());
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void run_rotatedByRename_goesOnUnderTheNewName() throws IOException {
    append("one\n");
    run().requireDone();
    append("two\n");
    Files.move(app, logs.resolve("app.log.1"));
    append("three\n");

    CollectPond.Ran ran = run().requireDone();

    assertThat(held("app.log.1")).isEqualTo("one\ntwo\n");
    assertThat(held("app.log")).isEqualTo("three\n");
    assertThat(ran.printed())
        .contains(
            "/logs/app.log.1: rotated from app.log, 4 bytes more, from "
                + logs.resolve("app.log.1"));
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_rotatedByCopyAndTruncate_isTheSame() throws IOException {
    append("one\n");
    run().requireDone();
    append("two\n");
    Files.copy(app, logs.resolve("app.log.1"));
    Files.writeString(app, "");
    append("three, longer than what was there before\n");

    run().requireDone();

    assertThat(held("app.log.1")).isEqualTo("one\ntwo\n");
    assertThat(held("app.log")).isEqualTo("three, longer than what was there before\n");
  }

  @Test
  void run_copyOfAFileThatGoesOn_isNoRotation() throws IOException {
    append("one\n");
    run().requireDone();
    Files.copy(app, logs.resolve("app.log.bak"));
    append("two\n");

    run().requireDone();

    assertThat(held("app.log")).isEqualTo("one\ntwo\n");
    assertThat(held("app.log.bak")).isEqualTo("one\n");
  }

  @Test
  void run_severalRotationsAtOnce_takeEachFileOnceUnderItsNewestName() throws IOException {
    for (int round = 0; round < 5; round++) {
      append("round " + round + "\n");
      run().requireDone();
      append("rest " + round + "\n");
      for (int number = round; number >= 1; number--) {
        Files.move(logs.resolve("app.log." + number), logs.resolve("app.log." + (number + 1)));
      }
      Files.move(app, logs.resolve("app.log.1"));
    }
    append("now\n");

    run().requireDone();

    assertThat(names())
        .containsExactly(
            "app.log", "app.log.1", "app.log.2", "app.log.3", "app.log.4", "app.log.5");
    assertThat(held("app.log.5")).isEqualTo("round 0\nrest 0\n");
    assertThat(held("app.log.1")).isEqualTo("round 4\nrest 4\n");
    assertThat(held("app.log")).isEqualTo("now\n");
    run().requireDone();
    assertThat(pond.commits()).isZero();
  }

  @Test
  void run_logThatTheMachineDeleted_staysInThePond() throws IOException {
    append("one\n");
    Files.move(app, logs.resolve("app.log.1"));
    run().requireDone();
    Files.delete(logs.resolve("app.log.1"));
    append("two\n");
    Files.move(app, logs.resolve("app.log.1"));

    run().requireDone();

    assertThat(held("app.log.1")).isEqualTo("two\n");
    String mark = ContentHash.of("one\n".getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
    assertThat(held("app.log.1~" + mark)).isEqualTo("one\n");
  }

  @Test
  void run_compressedAfterRotation_isNotTakenAgain() throws IOException {
    append(lines("one", 100));
    run().requireDone();
    Path rotated = logs.resolve("app.log.1");
    Files.move(app, rotated);
    gzip(rotated);

    run().requireDone();
    assertThat(names()).containsExactly("app.log.1");
    assertThat(held("app.log.1")).isEqualTo(lines("one", 100));
    touch(logs.resolve("app.log.1.gz"));
    run().requireDone();
    assertThat(held("app.log.1")).isEqualTo(lines("one", 100));
    run().requireDone();
    assertThat(pond.commits()).isZero();
    assertThat(names()).containsExactly("app.log.1");
  }

  @Test
  void run_shrunkWithoutArchive_isAnErrorThatLosesNothing() throws IOException {
    append(lines("one", 10));
    run().requireDone();
    Files.writeString(app, "other\n");

    CollectPond.Ran ran = run();

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining(
            "'" + app + "' does not go on where it was left: it has 6 bytes, and 60")
        .hasMessageContaining("nothing was changed");
    assertThat(held("app.log")).isEqualTo(lines("one", 10));
    Files.writeString(logs.resolve("app.log.1"), lines("one", 10) + "last\n");
    run().requireDone();
    assertThat(held("app.log")).isEqualTo("other\n");
    assertThat(held("app.log.1")).isEqualTo(lines("one", 10) + "last\n");
  }

  @Test
  void run_beginningThatChanged_isAnError() throws IOException {
    append(lines("one", 10));
    run().requireDone();
    Files.writeString(app, lines("two", 100));

    assertThat(run().failure().orElseThrow()).hasMessageContaining("its beginning is another one");
  }

  @Test
  void run_binaryLine_isKeptByteForByte() throws IOException {
    byte[] bytes = {'a', 0, (byte) 0xff, '\r', (byte) 0xc3, '\n', 'b'};
    Files.write(app, bytes);

    run().requireDone();

    assertThat(held("app.log").getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(bytes);
  }

  @Test
  void run_killedAroundARotation_losesNothing() throws IOException {
    append("one\n");
    run().requireDone();
    append("two\n");
    Files.move(app, logs.resolve("app.log.1"));
    append("three\n");
    pond.killAfterCommit(1);
    assertThatThrownBy(this::run).isInstanceOf(CollectPond.Killed.class);
    pond.reopen();
    pond.killBeforeCommit(1);
    assertThatThrownBy(this::run).isInstanceOf(CollectPond.Killed.class);
    pond.reopen();
    pond.killNoMore();

    run().requireDone();

    assertThat(held("app.log.1")).isEqualTo("one\ntwo\n");
    assertThat(held("app.log")).isEqualTo("three\n");
  }

  @Test
  void sha256_logs_printsWhatSha256sumReads() throws IOException {
    append("one\n");
    Files.move(app, logs.resolve("app.log.1"), StandardCopyOption.ATOMIC_MOVE);
    append("two\n");
    run().requireDone();

    assertThat(run("sha256").requireDone().printed())
        .containsExactly(
            ContentHash.of("two\n".getBytes(StandardCharsets.UTF_8)) + "  " + app,
            ContentHash.of("one\n".getBytes(StandardCharsets.UTF_8))
                + "  "
                + logs.resolve("app.log.1"));
  }

  @Test
  void sha256_logs_areFoundIntactBySha256sum() throws Exception {
    Path checker = Path.of("/usr/bin/sha256sum");
    assumeTrue(Files.isExecutable(checker), "no sha256sum here");
    append("one\n");
    Files.move(app, logs.resolve("app.log.1"), StandardCopyOption.ATOMIC_MOVE);
    append("two\n");
    run().requireDone();
    Path sums = Files.write(directory.resolve("sums"), run("sha256").requireDone().printed());

    assertThat(check(checker, sums)).isZero();
    append("more\n");
    assertThat(check(checker, sums)).isEqualTo(1);
  }

  private int check(Path checker, Path sums) throws Exception {
    return new ProcessBuilder(checker.toString(), "-c", sums.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("checked").toFile())
        .start()
        .waitFor();
  }

  @Test
  void run_rotatedAndPackedWithZstandard_saysWhatToUse() throws IOException {
    append("one\n");
    Files.write(logs.resolve("app.log.1.zst"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
    touch(logs.resolve("app.log.1.zst"));

    assertThat(run().failure().orElseThrow())
        .hasMessageContaining("app.log.1.zst' is packed with Zstandard")
        .hasMessageContaining("gzip and bzip2 are unpacked byte for byte")
        .hasMessageContaining("Let the rotation use one of these, or none.");
  }

  @Test
  @Tag("slow")
  void run_twoGigabytesAndAKilobyteMore_readsAboutAKilobyte() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(app.toFile(), "rw")) {
      file.setLength(2L << 30);
    }
    run().requireDone();
    append("x".repeat(1023) + "\n");

    CollectPond.Ran ran = run().requireDone();

    assertThat(read(ran)).isLessThanOrEqualTo(1024 + 4 * LogSample.BYTES);
    assertThat(pond.versions("/logs/app.log").getLast().sizeBytes()).isEqualTo(1024);
  }
}
