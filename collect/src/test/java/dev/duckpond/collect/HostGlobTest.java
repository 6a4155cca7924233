package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostGlobTest {
  @TempDir Path directory;

  @Test
  void list_moreFilesThanTheLimit_isRefusedWithoutLookingFurther() throws IOException {
    for (int i = 0; i < 9; i++) {
      Files.createFile(directory.resolve(i + ".log"));
    }
    HostGlob glob = HostGlob.parse(directory + "/*.log");

    assertThat(glob.list(9).matches()).hasSize(9);
    assertThatThrownBy(() -> glob.list(4))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'"
                + glob.pattern()
                + "' matches more than 4 files: that is the limit."
                + " Narrow the pattern.");
  }
}
