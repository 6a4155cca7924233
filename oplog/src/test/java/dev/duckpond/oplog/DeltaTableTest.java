package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeltaTableTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String APPLICATION = "test";

  @TempDir Path directory;
  private LogEngine engine;
  private DeltaTable table;

  @BeforeEach
  void makeTable() throws IOException {
    PondLayout layout = new PondLayout(directory);
    Files.createDirectories(layout.data());
    engine = new LogEngine(layout);
    table = engine.operations();
    assertThat(table.findState()).isEmpty();
    assertThat(
            table.create(
                LogSchema.DELTA, Map.of("duckpond.x", "y"), file("a"), note("a"), APPLICATION, 1))
        .isEqualTo(new Published.At(0));
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void append_nextVersion_isListed() throws IOException {
    assertThat(table.append(1, file("b"), note("b"), APPLICATION, 2))
        .isEqualTo(new Published.At(1));

    DeltaTable.State state = table.findState().orElseThrow();
    assertThat(state.version()).isEqualTo(1);
    assertThat(state.properties()).containsEntry("duckpond.x", "y");
    assertThat(state.files())
        .containsExactlyInAnyOrder(
            new LoggedFile("a.parquet", Map.of("tag", "a")),
            new LoggedFile("b.parquet", Map.of("tag", "b")));
  }

  @Test
  void append_transactionCommittedBefore_isRefused() throws IOException {
    table.append(1, file("b"), note("b"), APPLICATION, 2);

    assertThat(table.append(2, file("c"), note("c"), APPLICATION, 2))
        .isEqualTo(new Published.Taken());
    assertThat(table.findVersion()).contains(1L);
  }

  @Test
  void append_firstTransactionAgain_isRefusedThoughTheTableWasMadeWithIt() throws IOException {
    assertThat(table.append(1, file("b"), note("b"), APPLICATION, 1))
        .isEqualTo(new Published.Taken());
  }

  @Test
  void append_versionTakenByAnotherWriter_isRefusedAndChangesNothing() throws IOException {
    try (LogEngine other = new LogEngine(new PondLayout(directory))) {
      other.operations().append(1, file("other"), note("other"), APPLICATION, 2);
    }

    assertThat(table.append(1, file("b"), note("b"), APPLICATION, 3))
        .isEqualTo(new Published.Taken());

    assertThat(table.findState().orElseThrow().files())
        .extracting(LoggedFile::name)
        .containsExactlyInAnyOrder("a.parquet", "other.parquet");
  }

  @Test
  void append_linkReportedFailedButOurFileIsThere_isCommitted() throws IOException {
    Files.writeString(commitFile(1), note("b").toJsonLine());

    assertThat(table.append(1, file("b"), note("b"), APPLICATION, 2))
        .isEqualTo(new Published.At(1));
  }

  @Test
  void append_commitFileUnreadable_isUnsure() throws IOException {
    Files.createDirectory(commitFile(1));

    assertThat(table.append(1, file("b"), note("b"), APPLICATION, 2))
        .isInstanceOf(Published.Unsure.class);
  }

  @Test
  void create_tableIsThere_isRefused() throws IOException {
    assertThat(table.create(LogSchema.DELTA, Map.of(), file("b"), note("b"), APPLICATION, 1))
        .isEqualTo(new Published.Taken());
  }

  @Test
  void findState_afterCheckpoint_needsNoOldCommits() throws IOException {
    for (int version = 1; version <= 12; version++) {
      table.append(version, file("f" + version), note("f" + version), APPLICATION, version + 1);
    }
    table.checkpoint();
    table.append(13, file("last"), note("last"), APPLICATION, 14);
    for (int version = 0; version < 12; version++) {
      Files.delete(commitFile(version));
    }

    try (LogEngine other = new LogEngine(new PondLayout(directory))) {
      DeltaTable.State state = other.operations().findState().orElseThrow();
      assertThat(state.version()).isEqualTo(13);
      assertThat(state.files())
          .hasSize(14)
          .contains(new LoggedFile("a.parquet", Map.of("tag", "a")));
      assertThat(other.operations().append(14, file("x"), note("x"), APPLICATION, 14))
          .isEqualTo(new Published.Taken());
    }
    try (var names = Files.list(commitFile(0).getParent())) {
      assertThat(names).noneMatch(name -> name.getFileName().toString().startsWith("."));
    }
  }

  @Test
  void afterCommit_lastCheckpointFailed_isMadeUpForAtTheNextCommit() throws IOException {
    table.append(1, file("b"), note("b"), APPLICATION, 2);
    Path last = commitFile(0).resolveSibling("_last_checkpoint");
    Checkpoints checkpoints = new Checkpoints();

    checkpoints.afterCommit(table, Checkpoints.INTERVAL_COMMITS - 1);
    assertThat(last).doesNotExist();
    Files.writeString(last, "{\"version\":500,\"size\":1}");
    checkpoints.afterCommit(table, 999);
    assertThat(last).hasContent("{\"version\":500,\"size\":1}");
    Files.delete(last);
    checkpoints.afterCommit(table, Checkpoints.INTERVAL_COMMITS + 7);
    assertThat(last).exists();
  }

  @Test
  void findState_brokenCommit_isCorrupt() throws IOException {
    Files.writeString(commitFile(1), "not json\n");

    assertThatThrownBy(() -> table.findState())
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining("_delta_log");
  }

  private Path commitFile(long version) {
    return DeltaNames.commit(new PondLayout(directory).deltaLog(), version);
  }

  private static NewDataFile file(String name) {
    return new NewDataFile(name + ".parquet", 100, NOW, 1, Map.of(), Map.of(), Map.of("tag", name));
  }

  private static CommitNote note(String id) {
    return new CommitNote(
        "WRITE", NOW, "id-" + id, 1, JsonObject.builder().put("test", true).build());
  }
}
