package dev.duckpond.factories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that are named by what a pattern captures. */
class TimeseriesPivotTest {
  @TempDir Path directory;
  private ComputedPond pond;

  @BeforeEach
  void open() {
    pond = SmallHarbour.in(directory);
  }

  @AfterEach
  void close() {
    pond.close();
  }

  @Test
  void pivot_labelsThatComeToOneColumn_areRefused() {
    for (String path : List.of("/s/dock", "/s/Dock", "/t/a.b/c", "/t/a/b.c")) {
      pond.append(path, "SELECT TIMESTAMP '2024-06-01' AS timestamp, 1 AS x");
    }
    pond.node("timeseries-pivot", "/p", "{pattern: /s/*, columns: [x]}");
    pond.node("timeseries-pivot", "/q", "{pattern: /t/*/*, columns: [x]}");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/p\""))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'/p' cannot be computed: /p:1:11: '/s/Dock' makes 'Dock.x' and '/s/dock' 'dock.x':"
                + " names of columns that differ in letter case alone are one."
                + " Rename one of the series, or take one of them alone.");
    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/q\""))
        .hasMessageContaining("/q:1:11: '/t/a/b.c' and '/t/a.b/c' both make 'a.b.c.x'");
  }

  @Test
  void pivot_columnThatAMatchLacks_isNull() {
    pond.node("timeseries-pivot", "/side", "{pattern: /in/*.series, columns: [level, temp]}");

    assertThat(pond.csv("SELECT * FROM \"/side\" ORDER BY timestamp"))
        .isEqualTo(
            """
            timestamp,a1.level,a1.temp,a2.level,a2.temp,b.level,b.temp
            2024-06-01T00:00:00Z,1.0,10.0,,,,
            2024-06-01T01:00:00Z,2.0,11.0,20.0,,,
            2024-06-01T02:00:00Z,,,30.0,,,
            2024-06-01T03:00:00Z,,,,,,
            """);
  }

  @Test
  void pivot_columnThatIsNowhere_isNamedWithTheNearest() {
    pond.node("timeseries-pivot", "/side", "pattern: /in/*.series\ncolumns: [levl]\n");

    assertThatThrownBy(() -> pond.csv("SELECT * FROM \"/side\""))
        .hasMessage(
            "'/side' cannot be computed: /side:2:11: no series has a column 'levl'."
                + " Did you mean 'level'?");
  }
}
