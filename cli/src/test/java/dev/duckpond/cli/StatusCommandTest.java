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

  @Test
  void status_collectorThatNeverRan_isTold() {
    CliFixture cli = CliFixture.in(directory).withKinds(DiaryKind.SOURCE).withVariable("POND", "p");
    cli.file("diary.yaml", "file: /diary");
    cli.run("init");
    cli.run("mkdir", "-p", "/system/run", "/system/etc");
    cli.run("mknod", "diary", "/system/run/10-ran", "--config-path", "diary.yaml");
    cli.run("mknod", "diary", "/system/etc/other", "--config-path", "diary.yaml");
    cli.run("ln", "-s", "/system/etc/other", "/system/run/20-link");
    cli.run("ln", "-s", "/gone", "/system/run/30-lost");
    cli.run("run", "10-ran");

    CliResult status = cli.run("status");

    assertThat(status.out())
        .containsPattern("run: /system/run/10-ran +last success ")
        .containsPattern("run: /system/run/20-link +never run\n")
        .containsPattern("run: /system/run/30-lost +leads nowhere, and cannot be run\n")
        .doesNotContain("/system/etc/other");
    assertThat(cli.run("status", "--format", "json").out())
        .contains("\"run:/system/run/20-link:never\"");
    cli.run("run", "20-link");
    assertThat(cli.run("status").out()).doesNotContain("never run");
  }
}
