package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class TroubleTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void of_errorOfAFullDevice_isNoSpace() {
    IOException full =
        catchThrowableOfType(
            IOException.class, () -> Files.writeString(Path.of("/dev/full"), "more"));

    assertThat(Trouble.of("x cannot be written", full))
        .isInstanceOf(PondException.NoSpace.class)
        .hasMessage(
            "x cannot be written: the disk is full. Free some space and run the command again.");
  }

  @Test
  void of_quota_isNoSpace() {
    assertThat(Trouble.of("x", new FileSystemException("/p/f", null, "Disk quota exceeded")))
        .isInstanceOf(PondException.NoSpace.class);
  }

  @Test
  void ofReading_denied_speaksOfReading() {
    AccessDeniedException cause = new AccessDeniedException("/p/data");

    assertThat(Trouble.ofReading("the pond cannot be read", cause))
        .isInstanceOf(PondException.Failed.class)
        .hasMessage(
            "the pond cannot be read: it cannot be read: /p/data: permission denied. Give this user"
                + " read permission on the pond's directory and all that is in it.")
        .hasCause(cause);
  }

  @Test
  void of_deniedAndReadOnly_isFailedWithARemedy() {
    for (IOException cause :
        new IOException[] {
          new AccessDeniedException("/p/data"),
          new FileSystemException("/p/data", null, "Read-only file system")
        }) {
      assertThat(Trouble.of("the pond cannot be written", cause))
          .isInstanceOf(PondException.Failed.class)
          .hasMessageContaining("/p/data")
          .hasMessageEndingWith(
              "Give this user write permission on the pond's directory, or use a writable copy.")
          .hasCause(cause);
    }
  }
}
