package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
  @TempDir Path directory;

  private CliFixture cli;

  @BeforeEach
  void makePond() {
    cli = CliFixture.in(directory).withVariable("POND", "p");
    assertThat(cli.run("init").status()).isZero();
  }

  @Test
  void set_newFile_hasTheModeOfAnyNewFile() throws IOException {
    cli.file("any", "");

    assertThat(cli.run("config", "set", "threads", "3").status()).isZero();

    assertThat(mode("p/config")).isEqualTo(mode("any"));
  }

  @Test
  void set_existingFile_keepsItsMode() throws IOException {
    cli.file("p/config", "threads: 2\n");
    Set<PosixFilePermission> shared = PosixFilePermissions.fromString("rw-rw-r--");
    Files.setPosixFilePermissions(cli.path("p/config"), shared);

    assertThat(cli.run("config", "set", "threads", "3").status()).isZero();

    assertThat(mode("p/config")).isEqualTo(shared);
    assertThat(cli.path("p/config")).hasContent("threads: 3\n");
    try (var files = Files.list(cli.path("p"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".config"));
    }
  }

  @Test
  void set_link_staysOne() throws IOException {
    cli.file("kept/settings", "threads: 2\n");
    Files.createSymbolicLink(cli.path("p/config"), cli.path("kept/settings"));

    assertThat(cli.run("config", "set", "threads", "3").status()).isZero();

    assertThat(cli.path("p/config")).isSymbolicLink();
    assertThat(cli.path("kept/settings")).hasContent("threads: 3\n");
  }

  @Test
  void unset_lastSetting_removesTheFile() {
    cli.run("config", "set", "threads", "3");

    assertThat(cli.run("config", "unset", "threads").status()).isZero();
    assertThat(cli.path("p/config")).doesNotExist();
    assertThat(cli.run("config", "unset", "threads").status()).isZero();
  }

  @Test
  void unset_commentsBesides_keepsTheFile() {
    cli.file("p/config", "# threads of the station\nthreads: 3\n");

    assertThat(cli.run("config", "unset", "threads").status()).isZero();
    assertThat(cli.path("p/config")).hasContent("# threads of the station\n");
  }

  @Test
  void set_placeThatCannotBe_saysWhyAndWhatToDo() {
    cli.file("plain", "");

    CliResult result =
        cli.withVariable("HOME", cli.path("plain").toString())
            .run("config", "set", "--user", "threads", "3");

    assertThat(result.err())
        .isEqualTo(
            """
            pond: cannot write %s/.config/pond/config: a part of the path is not a directory
              try: Check the directory that it lies in, or set $HOME or $XDG_CONFIG_HOME.
            """
                .formatted(cli.path("plain")));
    assertThat(result.status()).isEqualTo(1);
  }

  @Test
  void anyCommand_userFileThatCannotBeRead_warnsAndGoesOn() throws IOException {
    Files.createDirectories(cli.path("home/.config/pond/config"));

    CliResult result = cli.run("list", "/");

    assertThat(result.status()).isZero();
    assertThat(result.err())
        .isEqualTo(
            "pond: cannot read %s: Is a directory; going on without it%n"
                .formatted(cli.path("home/.config/pond/config")));
  }

  @Test
  void anyCommand_pondFileThatCannotBeRead_fails() throws IOException {
    Files.createDirectories(cli.path("p/config"));

    CliResult result = cli.run("list", "/");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("pond: cannot read " + cli.path("p/config"));
  }

  private Set<PosixFilePermission> mode(String name) throws IOException {
    return Files.getPosixFilePermissions(cli.path(name));
  }
}
