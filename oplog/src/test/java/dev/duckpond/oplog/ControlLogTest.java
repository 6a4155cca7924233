package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlLogTest {
  @TempDir Path directory;

  @Test
  void append_rowsOfEachOutcome_listsNewestFirstAfterReopen() {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      Instant start = PondFixture.START;
      ControlRow done = row(pond, start, new TxnSeq(2), ControlRow.Outcome.COMPLETED, "");
      ControlRow failed =
          row(pond, start.plusSeconds(5), TxnSeq.NONE, ControlRow.Outcome.FAILED, "it's broken");
      ControlRow died =
          row(pond, start.plusSeconds(9), TxnSeq.NONE, ControlRow.Outcome.INTERRUPTED, "");
      ControlLog log = ((OplogStore) pond.store()).controlLog();
      assertThat(log.list()).isEmpty();

      log.append(done);
      log.append(failed);
      log.append(died);

      assertThat(log.list()).containsExactly(died, failed, done);
      pond.reopen();
      assertThat(((OplogStore) pond.store()).controlLog().list())
          .containsExactly(died, failed, done);
    }
  }

  @Test
  void rebuildFrom_lostRows_addsOnePerCommittedTransactionAndNoMore() {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      ControlRow kept =
          ControlRow.committed(ControlRow.Outcome.RECOVERED, pond.makeDirectory("/a"));
      pond.makeDirectory("/b");
      ControlLog log = ((OplogStore) pond.store()).controlLog();
      log.append(kept);

      assertThat(log.rebuildFrom(pond.snapshot())).isEqualTo(2);
      assertThat(log.rebuildFrom(pond.snapshot())).isZero();

      assertThat(log.list())
          .extracting(ControlRow::txnSeq)
          .containsExactlyInAnyOrder(new TxnSeq(1), new TxnSeq(2), new TxnSeq(3));
      ControlRow third =
          log.list().stream().filter(row -> row.txnSeq().number() == 3).findFirst().orElseThrow();
      assertThat(third.outcome()).isEqualTo(ControlRow.Outcome.COMPLETED);
      assertThat(third.args()).containsExactly("pond", "test");
      assertThat(third.rowsWritten()).isEqualTo(1);
      assertThat(log.list()).contains(kept);
    }
  }

  @Test
  void rebuildFrom_numbersOfTransactionsThatAreNoMore_addsTheRowsOfThoseThatAre() {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      CommittedTransaction second = pond.makeDirectory("/a");
      ControlLog log = ((OplogStore) pond.store()).controlLog();
      // As if an older state of the pond was restored, and another transaction 2 committed.
      log.append(row(pond, PondFixture.START, new TxnSeq(2), ControlRow.Outcome.COMPLETED, ""));

      assertThat(log.rebuildFrom(pond.snapshot())).isEqualTo(2);
      assertThat(log.rebuildFrom(pond.snapshot())).isZero();
      assertThat(log.list()).extracting(ControlRow::txnId).contains(second.info().id());
    }
  }

  @Test
  void list_damagedFile_isCorruptAndNamesIt() throws IOException {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      ControlLog log = ((OplogStore) pond.store()).controlLog();
      log.append(row(pond, PondFixture.START, new TxnSeq(2), ControlRow.Outcome.COMPLETED, ""));
      log.append(row(pond, PondFixture.START, new TxnSeq(3), ControlRow.Outcome.COMPLETED, ""));
      Path damaged;
      try (var files = Files.list(new PondLayout(directory).control())) {
        damaged = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      }
      Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 100));

      assertThatThrownBy(log::list)
          .isInstanceOf(PondException.Corrupt.class)
          .hasMessageContaining(damaged.toString());
    }
  }

  private static ControlRow row(
      PondFixture pond, Instant startedAt, TxnSeq seq, ControlRow.Outcome outcome, String error) {
    return new ControlRow(
        new TxnId(pond.ids().next()),
        seq,
        outcome,
        List.of("pond", "copy", "a \"b\".csv", "/x"),
        "ada",
        "station-1",
        startedAt,
        Duration.ofSeconds(2).toMillis(),
        7,
        4711,
        error.isEmpty() ? Optional.empty() : Optional.of(error));
  }
}
