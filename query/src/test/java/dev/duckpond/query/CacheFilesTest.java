package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class CacheFilesTest {
  @Test
  void cause_ofErrorsWhoseMessageIsAPath_saysWhatIsWrong() {
    assertThat(CacheFiles.cause(new AccessDeniedException("/a")))
        .isEqualTo("/a may not be written");
    assertThat(CacheFiles.cause(new NoSuchFileException("/a"))).isEqualTo("/a is not there");
    assertThat(CacheFiles.cause(new UncheckedIOException(new AccessDeniedException("/a"))))
        .isEqualTo("/a may not be written");
    assertThat(CacheFiles.cause(new DirectoryIteratorException(new IOException("broken"))))
        .isEqualTo("broken");
    assertThat(CacheFiles.cause(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("/a: Read-only file system");
  }
}
