package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class WarningLoggerTest {
  @TempDir Path directory;

  @Test
  void command_warningOfAnotherRoom_isPrinted() throws IOException {
    CliFixture cli = CliFixture.in(directory).withVariable("POND", "p");
    assertThat(cli.run("init").status()).isZero();
    HostTree.delete(cli.path("p/control"));
    Files.createFile(cli.path("p/control"));

    CliResult result = cli.run("mkdir", "/a");

    assertThat(result.status()).isZero();
    assertThat(result.err())
        .startsWith("pond: the audit log misses a row that recovery will add: ")
        .hasLineCount(1);
    assertThat(cli.run("list", "/").out()).isEqualTo("[DIR]  /a\n");
  }

  @Test
  void warn_argumentsAndCause_areOneLine() {
    Logger log = LoggerFactory.getLogger("dev.duckpond.steward.Something");
    List<String> told =
        tell(() -> {
          log.info("not told");
          log.warn("{} of {}", 1, 2);
          log.error("it failed", new IllegalStateException("first\n  second"));
        });

    assertThat(told).containsExactly("1 of 2", "it failed: first second");
  }

  @Test
  void warn_library_isNotTold() {
    assertThat(tell(() -> LoggerFactory.getLogger("io.delta.kernel").warn("quack"))).isEmpty();
  }

  @Test
  void warn_noCommandRuns_isDropped() {
    LoggerFactory.getLogger("dev.duckpond.steward.Something").warn("nobody listens");
    assertThat(tell(() -> {})).isEmpty();
  }

  private static List<String> tell(Runnable work) {
    List<String> told = new ArrayList<>();
    ScopedValue.where(WarningLogger.LISTENER, told::add).run(work);
    return told;
  }
}
