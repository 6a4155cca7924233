package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Instant now = CliFixture.START;

  @Test
  void bar_terminal_isDrawnAtMostTenTimesASecondAndRemoved() {
    try (Progress.Task task = progress(ProgressChoice.AUTO, true).begin("copying", "files", 10)) {
      task.advanceTo(1);
      task.advanceTo(2);
      now = now.plus(Duration.ofSeconds(1));
      task.advanceTo(5);
    }
    assertThat(text())
        .isEqualTo(
            "\r\u001b[2Kcopying [==>                     ]  10%  1 of 10 files  0 ms left"
                + "\r\u001b[2Kcopying [============>           ]  50%  5 of 10 files  1.0 s left"
                + "\r\u001b[2K");
  }

  @Test
  void bar_unknownTotal_showsTheCount() {
    try (Progress.Task task =
        progress(ProgressChoice.BAR, false).begin("reading", "rows", Progress.UNKNOWN_TOTAL)) {
      task.advanceTo(12_345);
    }
    assertThat(text()).contains("reading  12,345 rows");
  }

  @Test
  void auto_noTerminal_isSilent() {
    try (Progress.Task task = progress(ProgressChoice.AUTO, false).begin("copying", "files", 10)) {
      task.advanceTo(5);
    }
    assertThat(text()).isEmpty();
  }

  @Test
  void json_anyStream_isALineForBeginAndEnd() {
    try (Progress.Task task = progress(ProgressChoice.JSON, false).begin("copying", "files", 7)) {
      task.advanceTo(3);
      task.advanceTo(7);
    }
    assertThat(text().lines())
        .containsExactly(
            "{\"event\":\"progress\",\"version\":1,\"activity\":\"copying\",\"unit\":\"files\",\"done\":0,\"total\":7}",
            "{\"event\":\"progress\",\"version\":1,\"activity\":\"copying\",\"unit\":\"files\",\"done\":7,\"total\":7}");
  }

  @Test
  void stats_countsAndPhases_arePrintedBothWays() {
    Stats stats = new Stats(() -> now);
    try (Stats.Phase phase = stats.phase("open")) {
      assertThat(phase).isNotNull();
      now = now.plus(Duration.ofNanos(12_234_567));
    }
    now = now.plus(Duration.ofNanos(8_040_000));
    stats.add(Stats.Counter.ROWS, 92_843);
    stats.add(Stats.Counter.FILES_OPENED, 3);
    assertThat(stats.toText())
        .isEqualTo(
            """
            time                         20.3 ms
              open                       12.2 ms
              rest                        8.0 ms
            files opened                       3
            bytes read                         0
            bytes written                      0
            rows                          92,843
            delta versions read                0
            cache hits                         0
            """);
    assertThat(stats.toJson().toText())
        .isEqualTo(
            "{\"event\":\"stats\",\"version\":1,\"total_ms\":20.3,"
                + "\"phases_ms\":{\"open\":12.2,\"rest\":8.0},"
                + "\"files_opened\":3,\"bytes_read\":0,\"bytes_written\":0,\"rows\":92843,"
                + "\"delta_versions_read\":0,\"cache_hits\":0}");
  }

  private Progress progress(ProgressChoice choice, boolean terminal) {
    CliEnvironment.Builder builder = CliEnvironment.in(Path.of("")).clock(() -> now);
    if (terminal) {
      builder.terminals(EnumSet.of(StandardStream.ERROR), 80);
    }
    return Progress.of(choice, Loudness.NORMAL, builder.build(), new CliOutput(err));
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
