package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandTest {
  @TempDir Path directory;

  @EnabledOnOs(OS.LINUX)
  @Test
  void status_directoryOfThePondThatIsALink_tellsWhatIsThere() throws IOException {
    CliFixture cli = CliFixture.in(directory).withVariable("POND", "p");
    cli.run("init");
    Path other = Files.move(cli.path("p/cache"), cli.path("other disk"));
    Files.write(other.resolve("kept"), new byte[4_000_000]);
    Files.createSymbolicLink(cli.path("p/cache"), other);
    Path elsewhere = Files.createDirectory(cli.path("elsewhere"));
    Files.write(elsewhere.resolve("not of the pond"), new byte[40_000_000]);
    Files.createSymbolicLink(other.resolve("link"), elsewhere);

    CliResult status = cli.run("status");

    assertThat(status.out()).containsPattern("disk: cache +4(\\.[0-9]+)? MB");
  }
}
