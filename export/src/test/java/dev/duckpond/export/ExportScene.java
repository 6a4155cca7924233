package dev.duckpond.export;

import dev.duckpond.duckdb.Sql;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of exports begin with: an empty pond, and an engine to look at what was written. */
abstract class ExportScene {
  /** 2000 rows, three hours apart, from October 2023 on. */
  static final Sql ROWS =
      Sql.of(
          "SELECT make_timestamp(1696118400000000 + i * 10800000000) AS timestamp,"
              + " i * 0.5 AS \"probe.temp.C\", i % 3 AS site FROM range(2000) t(i)");

  @TempDir Path temp;
  ExportFixture pond;

  @BeforeEach
  void open() {
    pond = new ExportFixture(temp);
  }

  @AfterEach
  void close() {
    pond.close();
  }
}
