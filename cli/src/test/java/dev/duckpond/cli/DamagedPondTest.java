package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a pond whose files somebody, or a disk, has spoiled: exit code 6 and the path. */
class DamagedPondTest {
  private static final int BYTES = 100_000;
  private static final long SEED = 20240501;

  @TempDir Path directory;

  private CliFixture cli;

  @BeforeEach
  void makePond() throws IOException {
    byte[] bytes = new byte[BYTES];
    new Random(SEED).nextBytes(bytes);
    cli = CliFixture.in(directory).withVariable("POND", "p");
    Files.write(cli.path("bytes"), bytes);
    cli.check(
        """
        $ pond init
        ! made pond <uuid> (harbour) in <dir>/p

        $ pond sql "SELECT 1704067200 + i * 60 AS timestamp, hash(i) AS v, 'x' || i // 9 AS t FROM range(30000) t(i)" --format parquet > rows.parquet

        $ pond mkdir /a

        $ pond copy rows.parquet /a/rows.series
        ! copied 1 file, 30000 rows, <size> in transaction 3

        $ pond copy bytes /a/bytes
        ! copied 1 file, 100 kB in transaction 4
        """);
  }

  @Test
  void read_missingRows_isCorruptAndNamesThePath() throws IOException {
    Files.delete(blob(".parquet"));

    expectDamage("it is missing");
  }

  @Test
  void read_truncatedRows_isCorruptAndNamesThePath() throws IOException {
    Path rows = blob(".parquet");
    try (RandomAccessFile file = new RandomAccessFile(rows.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }

    expectDamage("it has <number> bytes, written were <number>");
  }

  private void expectDamage(String why) {
    String damage =
        """
        ! pond: version 1 of '/a/rows.series' is damaged: WHY, in the pond's file <dir>/p/blobs/<any>
        !   try: Copy the same content into the pond once more, which heals it, or restore the file from a backup.
        = 6
        """
            .replace("WHY", why);
    cli.check("$ pond cat /a/rows.series\n" + damage);
    cli.check("$ pond cat /a/rows.series --format csv --limit 1\n" + damage);
    cli.check("$ pond sql \"SELECT count(*) FROM pond('/a/*.series')\"\n" + damage);
    cli.check("$ pond copy /a/rows.series host://<dir>/out/\n" + damage);
    cli.check("$ pond describe /a/rows.series\n" + damage);
    assertThat(cli.run("list").status()).isZero();
    assertThat(cli.path("out/rows.series")).doesNotExist();
  }

  @Test
  void read_spoiledPages_isCorrupt() throws IOException {
    Path rows = blob(".parquet");
    try (RandomAccessFile file = new RandomAccessFile(rows.toFile(), "rw")) {
      file.seek(1000);
      file.write(new byte[(int) file.length() / 2]);
    }

    assertThat(cli.run("cat", "/a/rows.series", "--format", "csv").status()).isEqualTo(6);
    cli.check(
        """
        $ pond copy /a/rows.series host://<dir>/out/
        ! pond: version 1 of '/a/rows.series' is damaged: its SHA-256 is <hash>, written was <hash>, in the pond's file <dir>/p/blobs/<any>
        !   try: Copy the same content into the pond once more, which heals it, or restore the file from a backup.
        = 6

        $ pond export '/a/*.series' -d out2 -q
        <...>
        ! pond: version 1 of '/a/rows.series' is damaged: its SHA-256 is <hash>, written was <hash>, in the pond's file <dir>/p/blobs/<any>
        !   try: Copy the same content into the pond once more, which heals it, or restore the file from a backup.
        = 6
        """);
    assertThat(cli.path("out/rows.series")).doesNotExist();
  }

  @Test
  void read_changedBytes_isCorruptAndNamesThePath() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(blob("").toFile(), "rw")) {
      file.seek(BYTES / 2);
      file.write(1);
      file.seek(BYTES / 2);
      int changed = file.read();
      assertThat(changed).isEqualTo(1);
    }

    cli.check(
        """
        $ pond cat /a/bytes > out
        ! pond: version 1 of '/a/bytes' is damaged: its SHA-256 is <hash>, written was <hash>, in the pond's file <dir>/p/blobs/<any>
        !   try: Copy the same content into the pond once more, which heals it, or restore the file from a backup.
        = 6

        $ pond copy /a/bytes host://<dir>/copied
        ! pond: version 1 of '/a/bytes' is damaged: its SHA-256 is <hash>, written was <hash>, in the pond's file <dir>/p/blobs/<any>
        !   try: Copy the same content into the pond once more, which heals it, or restore the file from a backup.
        = 6

        $ pond export /a/bytes /a/rows.series -d out3
        <...>
        ! pond: 1 of 2 targets failed: version 1 of '/a/bytes' is damaged: <any>
        !   try: The others are exported; run the same export again when the cause is gone.
        = 8
        """);
    assertThat(cli.path("copied")).doesNotExist();
    assertThat(cli.path("out3/bytes")).doesNotExist();
  }

  @Test
  void open_truncatedLog_isCorrupt() throws IOException {
    HostTree.delete(cli.path("p/cache"));
    Path newest;
    try (Stream<Path> files = Files.list(cli.path("p/data"))) {
      newest = files.filter(file -> file.toString().endsWith(".parquet")).findAny().orElseThrow();
    }
    Files.write(newest, new byte[] {'P', 'A', 'R', '1'});

    cli.check(
        """
        $ pond list
        ! pond: <any>
        !   try: Restore the file from a backup<any>
        = 6
        """);
  }

  private Path blob(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(cli.path("p/blobs"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".parquet") == ending.equals(".parquet"))
          .findAny()
          .orElseThrow();
    }
  }
}
