package dev.duckpond.steward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteLockTest {
  private static final TransactionInfo TRANSACTION =
      new TransactionInfo(
          new TxnSeq(7),
          TxnId.of("01900000-0000-7000-8000-000000000001"),
          List.of("copy", "a\"b", "/x"),
          "ann",
          "station",
          Instant.parse("2026-01-02T03:04:05Z"));

  @TempDir Path dir;

  @Test
  void acquire_freeLock_findsNothingInterrupted() throws IOException {
    try (WriteLock lock = acquire(Duration.ZERO)) {
      assertThat(lock.wasInterrupted()).isFalse();
      assertThat(lock.findInterrupted()).isEmpty();
    }
  }

  @Test
  void acquire_heldLock_namesTheHolder() throws IOException {
    try (WriteLock holder = acquire(Duration.ZERO)) {
      holder.name(TRANSACTION);

      assertThatThrownBy(() -> acquire(Duration.ofMillis(20)))
          .isInstanceOf(PondException.Locked.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("ann on station, since 2026-01-02T03:04:05Z: pond copy a\"b /x")
          .hasMessageContaining("--lock-timeout");
    }
  }

  @Test
  void acquire_afterAHolderThatCleared_findsNothing() throws IOException {
    try (WriteLock holder = acquire(Duration.ZERO)) {
      holder.name(TRANSACTION);
      holder.clear();
    }
    try (WriteLock next = acquire(Duration.ZERO)) {
      assertThat(next.wasInterrupted()).isFalse();
    }
  }

  @Test
  void acquire_afterAHolderThatDidNotClear_findsItsTransaction() throws IOException {
    try (WriteLock holder = acquire(Duration.ZERO)) {
      holder.name(TRANSACTION);
    }
    try (WriteLock next = acquire(Duration.ZERO)) {
      assertThat(next.wasInterrupted()).isTrue();
      assertThat(next.findInterrupted().orElseThrow().transaction()).isEqualTo(TRANSACTION);
    }
  }

  @Test
  void acquire_tornText_isInterruptedByNobodyKnown() throws IOException {
    Files.writeString(dir.resolve("lock"), "{\"pid\": 12, \"txn_s");

    try (WriteLock next = acquire(Duration.ZERO)) {
      assertThat(next.wasInterrupted()).isTrue();
      assertThat(next.findInterrupted()).isEmpty();
    }
  }

  @Test
  void close_twice_isHarmless() throws IOException {
    WriteLock lock = acquire(Duration.ZERO);
    lock.close();
    lock.close();

    acquire(Duration.ZERO).close();
  }

  private WriteLock acquire(Duration patience) throws IOException {
    return WriteLock.acquire(dir.resolve("lock"), patience);
  }
}
