package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies what a directory of this machine may hold besides plain files with plain names. */
class OddFilesTest {
  @TempDir Path directory;

  private CliFixture cli;

  @BeforeEach
  void makePond() {
    cli = CliFixture.in(directory).withVariable("POND", "p");
    assertThat(cli.run("init").status()).isZero();
  }

  @Test
  void copy_namesOfAnyKind_comeBackByTheirNames() {
    String[] names = {
      "a b",
      "it's",
      "q\"q",
      "star*",
      "[x]",
      "{a,b}",
      "-dash",
      "$x",
      "new\nline",
      "\u001b[31m",
      "\u00fcn\u00ef"
    };
    for (String name : names) {
      cli.file("odd/" + name, name);
    }

    assertThat(cli.run("copy", "odd", "/odd").err())
        .startsWith("copied " + names.length + " files, ");

    for (String name : names) {
      assertThat(cli.run("cat", "/odd/" + name).out()).isEqualTo(name);
      assertThat(cli.run("list", "/odd/" + name).out().lines()).hasSize(1);
      assertThat(cli.run("rm", "/odd/" + name).err()).isEmpty();
    }
    assertThat(cli.run("list", "/odd/").out()).isEmpty();
  }

  @Test
  void list_controlCharacters_areShownAsEscapes() {
    cli.file("odd/new\nline", "").file("odd/\u001b[31m", "");
    cli.run("copy", "odd", "/odd");

    assertThat(cli.run("list", "/odd/").out())
        .isEqualTo("[FILE] /odd/\\u001b[31m\n[FILE] /odd/new\\nline\n");
    assertThat(cli.run("cat", "/odd/\u001b31m").err()).doesNotContain("\u001b");
  }

  @Test
  void copy_links_areFollowed() throws IOException {
    CliResult parquet =
        cli.run("sql", "SELECT TIMESTAMP '2024-05-01' AS timestamp", "--format", "parquet");
    Path real = Files.createDirectories(cli.path("real"));
    Files.write(real.resolve("s.parquet"), parquet.outBytes());
    Path odd = Files.createDirectories(cli.path("odd"));
    Files.createSymbolicLink(odd.resolve("directory"), real);
    Files.createSymbolicLink(odd.resolve("file"), real.resolve("s.parquet"));

    assertThat(cli.run("copy", "odd", "/odd").status()).isZero();
    assertThat(cli.run("copy", "odd/file", "/one").status()).isZero();

    assertThat(cli.run("list").out())
        .isEqualTo(
            """
            [DIR]  /odd
            [DIR]  /odd/directory
            [SER]  /odd/directory/s.parquet
            [SER]  /odd/file
            [SER]  /one
            """);
  }

  @Test
  void copy_linksThatLeadNowhereOrInACircle_areSkippedWithAWarning() throws IOException {
    cli.file("odd/plain", "x");
    Files.createSymbolicLink(cli.path("odd/circle"), Path.of("."));
    Files.createSymbolicLink(cli.path("odd/nowhere"), Path.of("nothing"));

    CliResult result = cli.run("copy", "odd", "/odd");

    assertThat(result.status()).isZero();
    assertThat(result.err().lines())
        .containsExactlyInAnyOrder(
            "pond: 'odd/circle' is skipped: it is a link to a directory that it lies in",
            "pond: 'odd/nowhere' is skipped: it is a link that leads nowhere",
            "copied 1 file, 1 B in transaction 2");
  }

  @Test
  void copy_hiddenFiles_goInAndStayHidden() {
    cli.file("odd/.hidden", "x").file("odd/.directory/file", "x");

    cli.run("copy", "odd", "/odd");

    assertThat(cli.run("list").out()).isEqualTo("[DIR]  /odd\n");
    assertThat(cli.run("list", "-a", "/odd/").out())
        .isEqualTo("[DIR]  /odd/.directory\n[FILE] /odd/.hidden\n");
    assertThat(cli.run("cat", "/odd/.hidden").out()).isEqualTo("x");
  }

  @Test
  void copy_truncatedParquet_isRefusedAndChangesNothing() throws IOException {
    byte[] parquet = cli.run("sql", "SELECT 1 AS a", "--format", "parquet").outBytes();
    Files.write(cli.path("cut.parquet"), Arrays.copyOf(parquet, parquet.length / 2));

    CliResult result = cli.run("copy", "cut.parquet", "/x");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            pond: 'cut.parquet' is a truncated Parquet file: it begins as Parquet and its footer is missing
              try: Get it again from where it came from.
            """);
    assertThat(cli.run("list").out()).isEmpty();
    assertThat(cli.run("copy", "cut.parquet", "/x", "--type", "data").status()).isZero();
  }

  @Test
  void copy_manySmallFilesOut_allComeOut() throws IOException {
    for (int i = 0; i < 50; i++) {
      cli.file("many/" + i, "file " + i);
    }
    cli.run("copy", "many", "/many");

    assertThat(cli.run("copy", "/many", "host://" + cli.path("out")).err())
        .startsWith("copied 50 files, ");

    assertThat(cli.path("out/17")).hasContent("file 17");
    try (Stream<Path> files = Files.list(cli.path("out"))) {
      assertThat(files).hasSize(50);
    }
  }

  @Test
  void cat_binaryOnATerminal_isRefused() {
    cli.withTerminal(StandardStream.OUTPUT);

    CliResult result = cli.run("sql", "SELECT 1 AS a", "--format", "parquet");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            pond: parquet is not for a terminal: its bytes would garble the screen
              try: Send it to a file: '… > rows.parquet'.
            """);
    assertThat(result.out()).isEmpty();
    assertThat(cli.run("sql", "SELECT 1 AS a").out()).endsWith("Summary: 1 total rows\n");
  }
}
