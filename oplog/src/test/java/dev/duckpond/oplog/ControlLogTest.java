package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
      pond.makeDirectory("/a");
      pond.makeDirectory("/b");
      ControlLog log = ((OplogStore) pond.store()).controlLog();
      ControlRow kept =
          row(pond, PondFixture.START, new TxnSeq(2), ControlRow.Outcome.RECOVERED, "");
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
