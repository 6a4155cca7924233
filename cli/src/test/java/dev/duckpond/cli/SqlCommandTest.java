package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlCommandTest {
  @TempDir Path directory;

  @Test
  void sql_tableNamesThatSqlDoesNotTellApart_areRefused() {
    CliFixture cli = CliFixture.in(directory).file("a.csv", "v\n1\n").file("b.csv", "v\n2\n");
    String a = "host+csv://" + cli.path("a.csv");
    String b = "host+csv://" + cli.path("b.csv");

    CliResult twice = cli.run("sql", "FROM t", "--table", "t=" + a, "--table", "T=" + b);
    CliResult reserved = cli.run("sql", "FROM pond_nodes", "--table", "Pond_Nodes=" + a);
    CliResult path = cli.run("sql", "FROM \"/t\"", "--table", "/t=" + a);

    assertThat(twice.status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(twice.err()).contains("SQL does not tell letter case apart");
    assertThat(reserved.status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(reserved.err()).contains("it is a table about the pond itself");
    assertThat(path.status()).isEqualTo(ExitCode.USAGE.status());
    assertThat(path.err()).contains("a table cannot be named '/t'");
    assertThat(cli.run("sql", "FROM t, u", "--table", "t=" + a, "--table", "u=" + b).out())
        .isEqualTo("v,v\n1,2\n");
  }
}
