package dev.duckpond.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads a pond that cannot be written, and is told where something cannot be put. */
@Tag("slow")
class ReadOnlyDiskTest {
  @TempDir Path directory;

  private SmallDisk disk;
  private CliFixture cli;

  @BeforeEach
  void makePond() {
    disk = SmallDisk.mount(directory.resolve("disk"), "8m");
    cli = CliFixture.in(directory).withVariable("POND", "disk/p");
    cli.check(
        """
        $ pond init
        ! made pond <uuid> (harbour) in <dir>/disk/p

        $ pond sql "SELECT 1704067200 + i * 60 AS timestamp, i AS v FROM range(10) t(i)" --format parquet > few.parquet

        $ pond copy few.parquet /few.series
        ! copied 1 file, 10 rows, <size> in transaction 2
        """);
    disk.makeReadOnly();
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void read_readOnlyPond_works() {
    cli.check(
        """
        $ pond list
        [SER]  /few.series

        $ pond list --format csv
        path,type,size_bytes,row_count,node_id,pond_id,version,modified,target
        /few.series,table:series,<number>,10,<uuid>,<uuid>,1,<time>,

        $ pond cat /few.series --limit 1 --format csv
        timestamp,v
        2024-01-01T00:00:00Z,0

        $ pond sql 'SELECT sum(v) AS s FROM "/few.series"'
        s
        45

        $ pond describe /few.series
        /few.series
        <...>
            v          BIGINT

        $ pond log
        <...>
        1  <time>  completed  1 change  ada@harbour  pond init

        $ pond status
        pond             <dir>/disk/p
        <...>
        disk: temporary  <size>

        $ pond list -f control /txn/
        [FILE] /txn/1.json
        [FILE] /txn/2.json

        $ pond export /few.series -d out
        Export summary: 1 file, 10 rows, <size> in <dir>/out
        <...>

        $ pond copy /few.series host://<dir>/few-again.parquet
        ! copied 1 file, <size>
        """);
  }

  @Test
  void write_readOnlyPond_isRefusedWithTheReason() {
    cli.check(
        """
        $ pond mkdir /a
        ! pond: the pond cannot be written: <any>Read-only file system
        !   try: Give this user write permission on the pond's directory, or use a writable copy.
        = 1

        $ pond copy few.parquet /more.series
        ! pond: the pond cannot be written: <any>Read-only file system
        !   try: Give this user write permission on the pond's directory, or use a writable copy.
        = 1

        $ pond rm /few.series
        ! pond: the pond cannot be written: <any>Read-only file system
        !   try: Give this user write permission on the pond's directory, or use a writable copy.
        = 1

        $ pond recover
        ! pond: the pond cannot be recovered: <any>Read-only file system
        !   try: Give this user write permission on the pond's directory, or use a writable copy.
        = 1

        $ pond config set threads 2
        ! pond: cannot write <dir>/disk/p/config: Read-only file system
        !   try: Check the directory that it lies in.
        = 1

        $ pond list
        [SER]  /few.series
        """);
  }

  @Test
  void write_readOnlyDestination_isRefusedWithTheReason() {
    cli.check(
        """
        $ pond --pond disk/q init
        ! pond: no pond can be made in <dir>/disk/q: <any>Read-only file system
        !   try: <any>
        = 1

        $ pond export /few.series -d disk/out
        ! pond: the export to '<dir>/disk/out' failed: it is read-only
        !   try: Choose a directory that you may write.
        = 1

        $ pond copy /few.series host://<dir>/disk/few.parquet
        ! pond: '/few.series' cannot be copied to '<dir>/disk/few.parquet': Read-only file system
        !   try: Check the path and its permissions.
        = 1

        $ pond demo disk/demo
        ! pond: the demo cannot write to <dir>/disk/demo: Read-only file system
        !   try: Name a directory that you may write to: 'pond demo DIR'.
        = 1
        """);
  }
}
