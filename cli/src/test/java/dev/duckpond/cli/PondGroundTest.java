package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pond is not written into, and does not swallow itself. */
class PondGroundTest {
  @TempDir Path directory;

  private CliFixture cli;

  @BeforeEach
  void makePond() {
    cli = CliFixture.in(directory).withVariable("POND", "work/p").file("work/notes.txt", "x");
    assertThat(cli.run("init").status()).isZero();
    assertThat(cli.run("copy", "work/notes.txt", "/notes.txt").status()).isZero();
  }

  @Test
  void copyOut_intoThePond_isRefused() throws IOException {
    Files.createSymbolicLink(cli.path("link"), cli.path("work/p"));

    for (String place : new String[] {"work/p", "work/p/data", "work/p/out/new", "link/out"}) {
      CliResult result = cli.run("copy", "/notes.txt", "host://" + cli.path(place));

      assertThat(result.err())
          .isEqualTo(
              """
              pond: nothing can be copied to '%s': the pond itself lies there
                try: Choose a directory outside of '%s'.
              """
                  .formatted(cli.path(place), cli.path("work/p")));
      assertThat(result.status()).isEqualTo(2);
    }
    assertThat(cli.path("work/p/notes.txt")).doesNotExist();
    assertThat(cli.path("work/p/out")).doesNotExist();
  }

  @Test
  void copyOut_throughALinkBelowTheDestination_isRefused() throws IOException {
    assertThat(cli.run("mkdir", "/data").status()).isZero();
    assertThat(cli.run("copy", "work/notes.txt", "/data/notes.txt").status()).isZero();
    Files.createDirectories(cli.path("out"));
    Files.createSymbolicLink(cli.path("out/data"), cli.path("work/p/data"));

    CliResult result = cli.run("copy", "/data/*", "host://" + cli.path("out"));

    assertThat(result.err()).contains("the pond itself lies there");
    assertThat(result.status()).isEqualTo(2);
    assertThat(cli.path("work/p/data/notes.txt")).doesNotExist();
  }

  @Test
  void copyIn_thePondOrAPartOfIt_isRefused() throws IOException {
    Files.createSymbolicLink(cli.path("link"), cli.path("work/p/data"));

    for (String source : new String[] {"work/p", "work/p/data", "work/p/../p/blobs", "link"}) {
      CliResult result = cli.run("copy", source, "/x");

      assertThat(result.err())
          .startsWith(
              "pond: '"
                  + source
                  + "' cannot be copied into the pond: it is the pond itself, or a part of it\n"
                  + "  try: ");
      assertThat(result.status()).isEqualTo(2);
    }
  }

  @Test
  void copyIn_directoryThatHoldsThePond_leavesThePondOut() {
    CliResult result = cli.run("copy", "work", "/all");

    assertThat(result.status()).isZero();
    assertThat(result.err())
        .isEqualTo(
            """
            pond: 'work/p' is skipped: it is the pond itself
            copied 1 file, 1 B in transaction 3
            """);
    assertThat(cli.run("list", "/all/").out()).isEqualTo("[FILE] /all/notes.txt\n");
  }

  @Test
  void copyIn_fileBesideThePartsOfThePond_isCopied() {
    cli.file("work/p/readings.txt", "x");

    assertThat(cli.run("copy", "work/p/readings.txt", "/readings.txt").status()).isZero();
  }
}
