package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void of_everyError_isTheDocumentedNumber() {
    IOException cause = new IOException("disk");
    assertThat(status(new PondException.Invalid("p", "", ""))).isEqualTo(1);
    assertThat(status(new PondException.Failed("p", "", "", cause))).isEqualTo(1);
    assertThat(status(new PondException.Usage("p", "", ""))).isEqualTo(2);
    assertThat(status(new PondException.NotFound("p", "", ""))).isEqualTo(3);
    assertThat(status(new PondException.Locked("p", "", ""))).isEqualTo(4);
    assertThat(status(new PondException.Conflict("p", "", ""))).isEqualTo(5);
    assertThat(status(new PondException.Corrupt("p", "", ""))).isEqualTo(6);
    assertThat(status(new PondException.NoSpace("p", "", "", cause))).isEqualTo(7);
    assertThat(status(new PondException.PartlyDone("p", "", ""))).isEqualTo(8);
  }

  private static int status(PondException error) {
    return ExitCode.of(error).status();
  }
}
