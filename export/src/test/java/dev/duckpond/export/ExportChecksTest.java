package dev.duckpond.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.export.ExportRequest.Option;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is checked before anything is written. */
final class ExportChecksTest extends ExportScene {
  private static final Sql DAYS =
      Sql.of(
          "SELECT TIMESTAMP '2024-01-01' + INTERVAL (i) DAY AS timestamp, i AS v FROM range(90)"
              + " t(i)");

  @BeforeEach
  void fill() {
    pond.series("/a.series", DAYS);
  }

  private void assertRefused(
      Class<? extends PondException> type, String message, ThrowingCallable call) {
    Map<String, String> before = pond.tree();
    assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(message);
    assertThat(pond.tree()).isEqualTo(before);
  }

  @Test
  void run_patternMatchesNothing_isNotFound() {
    assertRefused(
        PondException.NotFound.class,
        "'/nope/*.series' matches nothing",
        () -> pond.run(pond.monthly("/*.series", "/nope/*.series")));
    assertRefused(
        PondException.NotFound.class,
        "'/nope/x.series' does not exist",
        () -> pond.run(pond.monthly("/nope/x.series")));
  }

  @Test
  void run_directoryAlone_isInvalid() {
    pond.pond().makeDirectory("/d");
    assertRefused(
        PondException.Invalid.class,
        "matches directories only",
        () -> pond.run(pond.monthly("/d")));
  }

  @Test
  void run_tableWithoutTimeByMonth_isInvalid() {
    pond.table("/t.table", Sql.of("SELECT 'x' AS name"));
    assertRefused(
        PondException.Invalid.class,
        "it has no time column",
        () -> pond.run(pond.monthly("/t.table")));
    assertThat(ExportFixture.written(pond.run(pond.request("/t.table"))))
        .containsExactly("t/data.parquet");
  }

  @Test
  void run_unknownPartitionColumn_suggestsOne() {
    pond.series(
        "/p.series", Sql.of("SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS station, 2 AS v"));
    assertRefused(
        PondException.Invalid.class,
        "Did you mean 'station'?",
        () -> pond.run(pond.monthly("/p.series").partitionBy(List.of("sation"))));
    assertRefused(
        PondException.Invalid.class,
        "it is the time column",
        () -> pond.run(pond.request("/p.series").partitionBy(List.of("timestamp"))));
  }

  @Test
  void run_columnNamedLikeALevel_isInvalid() {
    pond.series("/p.series", Sql.of("SELECT TIMESTAMP '2024-01-01' AS timestamp, 1 AS \"Month\""));
    assertRefused(
        PondException.Invalid.class,
        "it has a column 'month' of its own",
        () -> pond.run(pond.monthly("/p.series")));
  }

  @Test
  void run_twoTargetsOfOnePlace_isInvalid() {
    pond.series("/x/a.series", DAYS);
    pond.series("/y/a.series", DAYS);
    assertRefused(
        PondException.Invalid.class,
        "would both be written to 'a'",
        () -> pond.run(pond.monthly("/x/*.series", "/y/*.series")));
    pond.data("/z/a", "text");
    assertRefused(
        PondException.Invalid.class,
        "would both be written to 'a'",
        () -> pond.run(pond.monthly("/x/*.series", "/z/*")));
  }

  @Test
  void run_dataWhereAnotherNeedsADirectory_isInvalid() {
    pond.data("/x/b", "text");
    pond.series("/y/b/c.series", DAYS);
    assertRefused(
        PondException.Invalid.class,
        "would both be written to 'b'",
        () -> pond.run(pond.monthly("/x/*", "/y/*/*.series")));
  }

  @Test
  void run_captureThatLeadsElsewhere_isInvalid() {
    pond.series("/h/x..y.series", DAYS);
    assertRefused(
        PondException.Invalid.class,
        "'..', which the pattern captures, cannot name a directory",
        () -> pond.run(pond.monthly("/h/x*y.series")));
    pond.series("/h/.pond-export-staging.series", DAYS);
    assertRefused(
        PondException.Invalid.class,
        "belong to the export itself",
        () ->
            pond.run(
                pond.monthly("/h/.pond*.series".replace(".pond*", "{.pond-export-staging,q}"))));
  }

  @Test
  void run_foreignFileInTheWay_isAConflictUnlessOverwritten() throws IOException {
    Path mine = pond.out().resolve("a/year=2024/month=2/data.parquet");
    Files.createDirectories(mine.getParent());
    Files.writeString(mine, "mine");
    assertRefused(
        PondException.Conflict.class,
        "it is not a file that an export wrote",
        () -> pond.run(pond.monthly("/*.series")));
    assertThat(Files.readString(mine)).isEqualTo("mine");

    ExportReport report = pond.run(pond.monthly("/*.series").with(Option.OVERWRITE));

    assertThat(ExportFixture.written(report)).hasSize(3);
    assertThat(pond.inversions("**/*.parquet")).isZero();
  }

  @Test
  void run_fileOfAnotherSource_isAConflict() {
    pond.series("/x/a.series", DAYS);
    pond.run(pond.monthly("/*.series"));
    assertRefused(
        PondException.Conflict.class,
        "an export of '/a.series' by '/*.series' wrote it",
        () -> pond.run(pond.monthly("/x/*.series")));
  }

  @Test
  void run_placeOfAnotherSource_isAConflictWhateverTheLevels() {
    pond.series("/x/a.series", DAYS);
    pond.run(pond.monthly("/*.series"));
    assertRefused(
        PondException.Conflict.class,
        "an export of '/a.series' by '/*.series' wrote it",
        () -> pond.run(pond.request("/x/*.series").temporal(TemporalLevel.parse("year"))));

    ExportReport report =
        pond.run(
            pond.request("/x/*.series")
                .temporal(TemporalLevel.parse("year"))
                .with(Option.OVERWRITE));

    assertThat(report.removed()).hasSize(3);
    assertThat(pond.number(Sql.of("SELECT count(*) FROM ").plus(pond.parquet("**/*.parquet"))))
        .isEqualTo(90);
  }

  @Test
  void run_placeWithinThatOfAnotherSource_isAConflict() {
    pond.series("/x/a/year=1999.series", DAYS);
    pond.run(pond.monthly("/*.series"));
    assertRefused(
        PondException.Conflict.class,
        "an export of '/a.series' by '/*.series' wrote it at 'a'",
        () -> pond.run(pond.monthly("/x/*/*.series")));
    Path other = temp.resolve("other");
    pond.run(ExportFixture.request(other, "/x/*/*.series"));
    assertThatThrownBy(() ->
            pond.run(
                ExportFixture.request(other, "/*.series")
                    .temporal(TemporalLevel.parse("year,month"))))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessageContaining("an export of '/x/a/year=1999.series' by '/x/*/*.series' wrote it");
  }

  @Test
  void run_sameSourceByAnotherPatternAndOtherLevels_leavesItsRowsOnce() {
    pond.run(pond.monthly("/*.series"));

    ExportReport planned =
        pond.run(
            pond.request("/{a,b}.series")
                .temporal(TemporalLevel.parse("year"))
                .with(Option.DRY_RUN));
    ExportReport report =
        pond.run(pond.request("/{a,b}.series").temporal(TemporalLevel.parse("year")));

    assertThat(report.removed()).hasSize(3).isEqualTo(planned.removed());
    assertThat(pond.number(Sql.of("SELECT count(*) FROM ").plus(pond.parquet("**/*.parquet"))))
        .isEqualTo(90);
    assertThat(pond.run(pond.monthly("/*.series")).removed())
        .containsExactly("a/year=2024/data.parquet");
  }

  @Test
  void run_sameSourceByAnotherPattern_takesTheFilesOver() {
    pond.run(pond.monthly("/*.series"));

    ExportReport report = pond.run(pond.monthly("/{a,b}.series"));

    assertThat(report.findFailure()).isEmpty();
    assertThat(report.files().count()).isEqualTo(3);
  }

  @Test
  void run_linkThatLeadsOut_isAConflict() throws IOException {
    Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
    Files.createDirectories(pond.out());
    Files.createSymbolicLink(pond.out().resolve("a"), elsewhere);
    assertThatThrownBy(() -> pond.run(pond.monthly("/*.series").with(Option.OVERWRITE)))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessageContaining("it is a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void run_directoryReachedByALink_works() throws IOException {
    Path real = Files.createDirectories(temp.resolve("real"));
    Files.createSymbolicLink(temp.resolve("link"), real);

    ExportReport report = pond.run(ExportFixture.request(temp.resolve("link"), "/a.series"));

    assertThat(report.directory()).isEqualTo(real.toRealPath());
    assertThat(real.resolve("a/data.parquet")).exists();
  }

  @Test
  void run_whereAFileIs_fails() throws IOException {
    Files.writeString(pond.out(), "a file");
    assertThatThrownBy(() -> pond.run(pond.monthly("/*.series")))
        .isInstanceOf(PondException.Failed.class)
        .hasMessageContaining("'" + pond.out() + "' is a file, where a directory is needed")
        .hasMessageContaining("Choose another directory");
    assertThatThrownBy(() -> pond.run(ExportFixture.request(pond.out().resolve("x"), "/*.series")))
        .isInstanceOf(PondException.Failed.class)
        .hasMessageContaining("directory")
        .hasMessageContaining("Choose another directory");
  }

  @Test
  void run_refusedPlan_makesNoDirectory() {
    pond.series("/n.series", Sql.of("SELECT NULL::TIMESTAMP AS timestamp, 1 AS v"));

    assertThatThrownBy(() -> pond.run(pond.monthly("/n.series").with(Option.FAIL_FAST)))
        .isInstanceOf(PondException.Invalid.class);

    assertThat(pond.out()).doesNotExist();
  }

  @Test
  void run_ownFileIsALink_isAConflict() throws IOException {
    for (String name : List.of(".pond-export.json", ".pond-export.lock", ".pond-export.journal")) {
      Path elsewhere = temp.resolve("elsewhere-" + name);
      Files.writeString(elsewhere, "somebody's");
      Path out = Files.createDirectories(temp.resolve("out-" + name));
      Files.createSymbolicLink(out.resolve(name), elsewhere);

      assertThatThrownBy(() -> pond.run(ExportFixture.request(out, "/*.series")))
          .isInstanceOf(PondException.Conflict.class)
          .hasMessageContaining("it is a symbolic link");

      assertThat(Files.readString(elsewhere)).isEqualTo("somebody's");
    }
  }

  @Test
  void run_anotherExportRuns_isLocked() throws IOException {
    Files.createDirectories(pond.out());
    try (ExportLock held =
        ExportLock.acquire(ExportDirectory.of(pond.out()).lock(), ExportFixture.CLOCK.instant())) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> pond.run(pond.monthly("/*.series")))
          .isInstanceOf(PondException.Locked.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("2026-03-01T12:00:00Z");
    }
    assertThat(pond.run(pond.monthly("/*.series")).findFailure()).isEmpty();
  }

  @Test
  void run_manifestDamaged_isCorruptAndKeepsFiles() throws IOException {
    pond.run(pond.monthly("/*.series"));
    Path manifest = pond.out().resolve(".pond-export.json");
    String whole = Files.readString(manifest);
    Files.writeString(manifest, whole.substring(0, whole.length() / 2));
    assertRefused(
        PondException.Corrupt.class, "is damaged", () -> pond.run(pond.monthly("/*.series")));
    Files.writeString(manifest, whole.replace("a/year=2024/month=1", "../../etc/month=1"));
    assertRefused(
        PondException.Corrupt.class,
        "a path leads elsewhere",
        () -> pond.run(pond.monthly("/*.series")));
  }

  @Test
  void run_linkedTarget_isFollowed() {
    pond.pond().commit((edit, write) -> edit.link(PondPath.of("/latest.series"), "a.series"));

    assertThat(ExportFixture.written(pond.run(pond.request("/latest.series"))))
        .containsExactly("latest/data.parquet");
  }

  @Test
  void parse_temporalLevelsWithAGap_isAUsageError() {
    assertThat(TemporalLevel.parse("")).isEmpty();
    assertThatThrownBy(() -> TemporalLevel.parse("year,day"))
        .isInstanceOf(PondException.Usage.class)
        .hasMessageContaining("each level needs those before it");
  }
}
