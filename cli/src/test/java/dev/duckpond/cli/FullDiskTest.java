package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs out of space, on a disk of a few megabytes: exit code 7, a remedy, and what was there before
 * is there after.
 *
 * <pre>
 * directory/
 *   disk/         the small disk
 *     p/          the pond, where it is the one that is too large
 *   roomy/        a pond with room
 * </pre>
 */
@Tag("slow")
class FullDiskTest {
  private static final int LARGE_BYTES = 4_000_000;
  private static final int SMALL_BYTES = 100_000;
  private static final long SEED = 20240501;

  @TempDir Path directory;

  private SmallDisk disk;
  private CliFixture cli;

  @BeforeEach
  void mount() throws IOException {
    disk = SmallDisk.mount(directory.resolve("disk"), "3m");
    cli = CliFixture.in(directory).withVariable("POND", "disk/p");
    // Bytes that do not compress.
    Random random = new Random(SEED);
    byte[] large = new byte[LARGE_BYTES];
    random.nextBytes(large);
    Files.write(cli.path("large"), large);
    byte[] small = new byte[SMALL_BYTES];
    random.nextBytes(small);
    Files.write(cli.path("small"), small);
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void init_fullDisk_isRefusedAndWorksLater() throws IOException {
    Path filler = disk.fill();

    cli.check(
        """
        $ pond init
        ! pond: <any>: the disk is full
        !   try: Free some space and run the command again.
        = 7

        $ pond list
        ! pond: there is no pond in <dir>/disk/p
        !   try: Make one with 'pond init'.
        = 3
        """);

    Files.delete(filler);
    cli.check(
        """
        $ pond init
        ! made pond <uuid> (harbour) in <dir>/disk/p

        $ pond mkdir /a

        $ pond list
        [DIR]  /a
        """);
  }

  @Test
  void copy_tooLarge_isRefusedAndLeavesThePondAsItWas() {
    cli.check(
        """
        $ pond init
        ! made pond <uuid> (harbour) in <dir>/disk/p

        $ pond copy small /first
        ! copied 1 file, 100 kB in transaction 2

        $ pond copy small large /both/
        ! pond: <any>: the disk is full
        !   try: Free some space and run the command again.
        = 7

        $ pond list
        [FILE] /first

        $ pond log --format csv --incomplete
        txn_seq,txn_id,outcome,started_at,duration_ms,changes,user,host,command,error
        ,<uuid>,failed,<time>,0,0,ada,harbour,pond copy small large /both/,<any>the disk is full. Free some space and run the command again.

        $ pond recover
        nothing to recover

        $ pond copy small /second
        ! copied 1 file, 100 kB in transaction 3

        $ pond list
        [FILE] /first
        [FILE] /second
        """);
  }

  @Test
  void write_notABlockFree_isRefusedAndReadingGoesOn() throws IOException {
    cli.check(
        """
        $ pond init
        ! made pond <uuid> (harbour) in <dir>/disk/p

        $ pond copy small /first
        ! copied 1 file, 100 kB in transaction 2
        """);
    Path filler = disk.fill();

    cli.check(
        """
        $ pond mkdir /a
        ! pond: <any>: the disk is full
        !   try: Free some space and run the command again.
        = 7

        $ pond copy small /second
        ! pond: <any>: the disk is full
        !   try: Free some space and run the command again.
        = 7

        $ pond config set threads 2
        ! pond: cannot write <dir>/disk/p/config: No space left on device
        !   try: free some space or write elsewhere
        = 7

        $ pond list
        [FILE] /first

        $ pond sql 'SELECT count(*) AS n FROM pond_nodes'
        n
        1
        """);
    assertThat(cli.run("cat", "/first").outBytes())
        .isEqualTo(Files.readAllBytes(cli.path("small")));

    Files.delete(filler);
    cli.check(
        """
        $ pond mkdir /a

        $ pond list
        [DIR]  /a
        [FILE] /first
        """);
  }

  @Test
  void export_fullDisk_keepsWhatWasPublishedAndGoesOnLater() throws IOException {
    makeRoomyPond();
    cli.check(
        """
        $ pond export /few.series -d disk/out --temporal year
        Export summary: 1 file, 10 rows, <size> in <dir>/disk/out
        <...>
        """);
    List<String> before = filesOf("disk/out");

    cli.check(
        """
        $ pond export /few.series /many.series -d disk/out --temporal year --full
        <...>
        ! pond: <any>: the disk is full
        !   try: Free some space and run the export again; it goes on where it stopped.
        = 7
        """);

    assertThat(filesOf("disk/out")).isEqualTo(before);
    cli.check(
        """
        $ pond export /few.series -d disk/out --temporal year
        Export summary: 1 file, 10 rows, <size> in <dir>/disk/out
        <...>
              few/year=2024/data.parquet   2024-01-01 .. 2025-01-01   10 rows  (kept)

        $ pond export /many.series -d roomy/out --temporal year
        Export summary: 1 file, 400000 rows, <size> in <dir>/roomy/out
        <...>
        """);
  }

  @Test
  void copyOut_fullDisk_leavesNothing() throws IOException {
    makeRoomyPond();
    cli.check(
        """
        $ pond copy /few.series host://<dir>/disk/
        ! copied 1 file, <size>

        $ pond copy /many.series host://<dir>/disk/
        ! pond: '/many.series' cannot be copied to '<dir>/disk/many.series<any>': No space left on device
        !   try: free some space or write elsewhere
        = 7
        """);

    assertThat(filesOf("disk")).containsExactly("few.series");
    cli.check(
        """
        $ pond copy /few.series host://<dir>/disk/
        ! copied 1 file, <size>
        """);
  }

  @Test
  void sql_sortThatSpills_isStoppedAndLeavesNothing() throws IOException {
    cli.check(
        """
        $ pond init
        ! made pond <uuid> (harbour) in <dir>/disk/p

        $ pond sql --memory-limit 64MB --format csv 'SELECT * FROM range(20000000) t(i) ORDER BY hash(i) DESC'
        ! pond: the query failed: there is no space left for its temporary files
        !   try: Free some space on that disk, or raise --memory-limit, which needs fewer of them.
        = 7
        """);
    try (Stream<Path> left = Files.walk(disk.path("p/tmp"))) {
      assertThat(left.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactly(".guard");
    }
    cli.check(
        """
        $ pond sql --format csv 'SELECT sum(i) AS s FROM range(1000) t(i)'
        s
        499500

        $ pond mkdir /a
        """);
  }

  /** A series of ten rows, and one of as many as the small disk does not hold. */
  private void makeRoomyPond() {
    cli.withVariable("POND", "roomy/p");
    cli.check(
        """
        $ pond init
        ! made pond <uuid> (harbour) in <dir>/roomy/p

        $ pond sql "SELECT 1704067200 + i * 60 AS timestamp, hash(i)::DOUBLE AS v FROM range(10) t(i)" --format parquet > few.parquet

        $ pond sql "SELECT 1704067200 + i * 60 AS timestamp, hash(i)::DOUBLE AS v FROM range(400000) t(i)" --format parquet > many.parquet

        $ pond copy few.parquet /few.series
        ! copied 1 file, 10 rows, <size> in transaction 2

        $ pond copy many.parquet /many.series
        ! copied 1 file, 400000 rows, <size> in transaction 3
        """);
  }

  private List<String> filesOf(String place) throws IOException {
    try (Stream<Path> files = Files.walk(cli.path(place))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> cli.path(place).relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
