package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose the places of answers are when several pipelines, people and names are after them. */
final class PipelinePlacesTest {
  @TempDir Path directory;
  private CliFixture cli;

  @BeforeEach
  void open() {
    cli = CliFixture.in(directory);
    cli.withVariable("POND", cli.path("p").toString());
    assertThat(cli.run("init").status()).isZero();
  }

  /** Runs a pipeline of queries that answer a text, each written to a file. */
  private CliResult export(String file, String text, String... outputs) {
    StringBuilder yaml = new StringBuilder("stages:\n");
    for (String output : outputs) {
      yaml.append("  - {name: '%s', type: custom_query, ".formatted(output))
          .append("sql: SELECT '%s' AS t, output_file: '%s'}\n".formatted(text, output));
    }
    cli.file(file, yaml.toString());
    return cli.run("export", "--pipeline", file, "-d", "out");
  }

  private String text(String file) throws IOException {
    return Files.readString(cli.path("out/" + file));
  }

  @Test
  void nameThatBecomesADirectory_andBack_isWritten() throws IOException {
    assertThat(export("p.yaml", "old", "a.csv", "b.csv").err()).isEmpty();
    assertThat(export("p.yaml", "new", "a.csv/x.csv", "b.csv").err()).isEmpty();
    assertThat(text("a.csv/x.csv")).isEqualTo("t\nnew\n");

    assertThat(export("p.yaml", "last", "a.csv", "b.csv").err()).isEmpty();
    assertThat(text("a.csv")).isEqualTo("t\nlast\n");
    assertThat(export("p.yaml", "last", "a.csv", "b.csv").out()).contains("(0 written, 2 kept");
  }

  @Test
  void nameOfADirectoryThatHoldsSomethingElse_isRefusedBeforeAnythingRuns() throws IOException {
    assertThat(export("p.yaml", "old", "b.csv", "a.csv/x.csv").err()).isEmpty();
    cli.file("out/a.csv/mine.txt", "mine");

    assertThat(export("p.yaml", "new", "b.csv", "a.csv").err())
        .startsWith("pond: the stage 'a.csv' cannot be run: '" + cli.path("out/a.csv") + "' is in");
    assertThat(text("b.csv")).isEqualTo("t\nold\n");
    assertThat(text("a.csv/x.csv")).isEqualTo("t\nold\n");
  }

  @Test
  void fileThatAPersonReplaced_isLeftWhenItIsOver() throws IOException {
    assertThat(export("p.yaml", "old", "a.csv", "b.csv", "c.csv").err()).isEmpty();
    cli.file("out/b.csv", "my own precious");

    assertThat(export("p.yaml", "old", "a.csv").out()).contains("1 removed");
    assertThat(text("b.csv")).isEqualTo("my own precious");
    assertThat(cli.path("out/c.csv")).doesNotExist();
  }

  @Test
  void answerOfTwoPipelines_isOfTheOneThatWroteItLast() throws IOException {
    assertThat(export("one.yaml", "first", "shared.csv", "one.csv").err()).isEmpty();
    assertThat(export("two.yaml", "second", "shared.csv", "two.csv").err()).isEmpty();

    assertThat(export("one.yaml", "first", "one.csv").out()).contains("0 removed");
    assertThat(text("shared.csv")).isEqualTo("t\nsecond\n");
    assertThat(export("two.yaml", "second", "two.csv").out()).contains("1 removed");
    assertThat(cli.path("out/shared.csv")).doesNotExist();
  }

  @Test
  void exportedFileThatAPersonReplaced_isLeftWhenItsSourceIsGone() throws IOException {
    cli.file("in/a.txt", "a").file("in/b.txt", "b").file("in/c.txt", "c");
    assertThat(cli.run("copy", "in", "/in").err()).contains("copied 3 files");
    assertThat(cli.run("export", "/in/*", "-d", "out").out()).contains("3 written");
    cli.file("out/b.txt", "my own precious");

    assertThat(cli.run("rm", "/in/b.txt", "/in/c.txt").status()).isZero();
    assertThat(cli.run("export", "/in/*", "-d", "out").out()).contains("1 removed");
    assertThat(text("b.txt")).isEqualTo("my own precious");
    assertThat(cli.path("out/c.txt")).doesNotExist();
  }
}
