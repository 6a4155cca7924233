package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ActiveLogsTest {
  private static final PondPath OLD = PondPath.of("/logs/old.log");
  private static final PondPath NEW = PondPath.of("/logs/new.log");

  @TempDir Path directory;

  private Path write(String name) throws IOException {
    return Files.writeString(directory.resolve(name), "one\n");
  }

  /** An active log of the name that files had before, of whose file something was noted. */
  private static KnownLog log(FileStat noted) {
    ContentHash hash = ContentHash.of(new byte[0]);
    LogNote note = LogNote.of(new LogSample(hash, hash), noted, LogState.ACTIVE);
    return new KnownLog(OLD, List.of(), note);
  }

  @Test
  void placeOf_fileThatWasRenamed_isWhereItIsNow() throws IOException {
    Path file = write("new.log");

    ActiveLogs active = new ActiveLogs(List.of(new HostLog(file, NEW)));

    assertThat(active.placeOf(log(FileStat.of(file)))).isEqualTo(NEW);
  }

  /** The system gives the number of a deleted file to the next one that is made. */
  @Test
  void placeOf_laterFileThatGotTheNumberOfADeletedOne_isItsOwnPath() throws IOException {
    Path file = write("new.log");
    FileStat stat = FileStat.of(file);
    FileStat noted =
        new FileStat(stat.inode(), stat.sizeBytes(), 0, stat.bornNanos() - 1, stat.bornNanos() - 1);

    ActiveLogs active = new ActiveLogs(List.of(new HostLog(file, NEW)));

    assertThat(active.placeOf(log(noted))).isEqualTo(OLD);
  }

  /** Files of several disks may have one number. */
  @Test
  void placeOf_severalFilesWithItsNumber_isItsOwnPathWhenThatIsAmongThem() throws IOException {
    Path file = write("old.log");
    Path same = Files.createLink(directory.resolve("new.log"), file);

    ActiveLogs active = new ActiveLogs(List.of(new HostLog(same, NEW), new HostLog(file, OLD)));

    assertThat(active.placeOf(log(FileStat.of(file)))).isEqualTo(OLD);
  }
}
