package dev.duckpond.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.PondPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an export tells of itself. */
final class ExportReportTest extends ExportScene {
  @Test
  void tables_ofReport_haveARowPerFileAndCapture() {
    pond.series("/sites/north/temp.series", ROWS);
    ExportReport report = pond.run(pond.monthly("/sites/*/*.series"));

    ExportTables.register(pond.duck(), report);

    assertThat(pond.number(Sql.of("SELECT count(*) FROM export_metadata"))).isEqualTo(18);
    assertThat(
            pond.number(
                Sql.of(
                    "SELECT sum(row_count)::BIGINT FROM export_metadata WHERE capture_value ="
                        + " 'north' AND capture_group = 0 AND written AND export_stage = 1")))
        .isEqualTo(2000);
    assertThat(
            pond.number(
                Sql.of(
                    "SELECT count(*) FROM export_metadata WHERE file_path LIKE"
                        + " '%year=2024/month=1/data.parquet' AND start_time = epoch_ms(TIMESTAMP"
                        + " '2024-01-01') AND end_time = epoch_ms(TIMESTAMP '2024-02-01') AND"
                        + " min_time >= start_time AND max_time < end_time")))
        .isEqualTo(2);
    assertThat(
            pond.number(
                Sql.of(
                    "SELECT count(*) FROM export_schema WHERE \"column\" = 'probe.temp.C' AND"
                        + " instrument = 'probe' AND name = 'temp' AND unit = 'C' AND agg = ''")))
        .isEqualTo(1);
  }

  @Test
  void summary_hostileNames_reachNoTerminal() {
    pond.series(
        "/\u001b[31mred.series",
        Sql.of(
            "SELECT TIMESTAMP '2024-01-01' AS timestamp, 'x' || chr(8238) || 'y' AS site, 1 AS v"));
    pond.series("/\u001b[2Jbad.series", Sql.of("SELECT NULL::TIMESTAMP AS timestamp, 'q' AS site"));
    ExportReport report =
        pond.run(pond.request("/{*red,*bad}.series").partitionBy(List.of("site")));
    pond.pond().commit((edit, write) -> edit.remove(PondPath.of("/\u001b[31mred.series")));

    String text = ExportSummary.text(report);
    String removed =
        ExportSummary.text(
            pond.run(pond.request("/{*red,*bad}.series").partitionBy(List.of("site"))));

    assertThat(text + removed).doesNotContain("\u001b").doesNotContain("\u202e");
    assertThat(text).contains("\\u001b[31m").contains("x\\u202ey").contains("failed: ");
    assertThat(removed).contains("removed   1 file\n    \\u001b[31m");
    assertThat(ExportSummary.json(report).toText()).startsWith("{\"version\":1,");
  }

  @Test
  void summary_ofReport_listsFilesByTarget() {
    pond.series(
        "/sites/a.series", Sql.of("SELECT TIMESTAMP '1970-01-01 00:00:05' AS timestamp, 1 AS v"));
    pond.run(pond.monthly("/sites/*.series"));

    String text = ExportSummary.text(pond.run(pond.monthly("/sites/*.series")));

    assertThat(text)
        .matches(
            "Export summary: 1 file, 1 row, \\d+ B in .*/out \\(0 written, 1 kept, 0 removed\\)\n"
                + "  /sites/\\*.series   1 target\n"
                + "    a     1 file   1970-01-01 .. 1970-01-01\n"
                + "      year=1970/month=1/data.parquet   1970-01-01 .. 1970-02-01   1 row"
                + "  \\(kept\\)\n");
  }
}
