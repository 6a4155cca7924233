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
      assertThat(lock.interrupted()).isEmpty();
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
      assertThat(next.interrupted().getLast().transaction()).isEqualTo(TRANSACTION);
    }
  }

  @Test
  void acquire_tornText_isInterruptedByNobodyKnown() throws IOException {
    Files.writeString(dir.resolve("lock"), "{\"pid\": 12, \"txn_s");

    try (WriteLock next = acquire(Duration.ZERO)) {
      assertThat(next.wasInterrupted()).isTrue();
      assertThat(next.interrupted()).isEmpty();
    }
  }

  @Test
  void close_twice_isHarmless() throws IOException {
    WriteLock lock = acquire(Duration.ZERO);
    lock.close();
    lock.close();

    acquire(Duration.ZERO).close();
  }

  @Test
  void acquire_heldByAnotherProcess_namesItAndWorksOnceThatIsKilled() throws IOException {
    Path file = dir.resolve("lock");
    try (LockProcess holder = LockProcess.hold(file)) {
      assertThatThrownBy(() -> acquire(Duration.ofMillis(20)))
          .isInstanceOf(PondException.Locked.class)
          .hasMessageContaining("process " + holder.pid() + " of bob on buoy")
          .hasMessageContaining("pond copy /from/elsewhere");
      assertThat(WriteLock.look(file)).isEqualTo(WriterState.AT_WORK);
    }
    try (WriteLock next = acquire(Duration.ofSeconds(20))) {
      assertThat(next.interrupted().getLast().transaction().host()).isEqualTo("buoy");
    }
  }

  @Test
  void acquire_whileHeldHere_keepsTheLockAgainstOtherProcesses() throws IOException {
    Path file = dir.resolve("lock");
    try (WriteLock holder = acquire(Duration.ZERO)) {
      holder.name(TRANSACTION);
      // POSIX would drop the lock when this process closed another descriptor of the file.
      assertThatThrownBy(() -> acquire(Duration.ZERO)).isInstanceOf(PondException.Locked.class);
      assertThat(WriteLock.look(file)).isEqualTo(WriterState.AT_WORK);

      assertThat(LockProcess.tryLock(file)).isEqualTo("locked");
    }
    assertThat(LockProcess.tryLock(file)).isEqualTo("free");
  }

  @Test
  void acquire_throughALinkedDirectory_isTheSameLock() throws IOException {
    Path real = Files.createDirectory(dir.resolve("real"));
    Path alias = Files.createSymbolicLink(dir.resolve("alias"), real);
    try (WriteLock holder = WriteLock.acquire(real.resolve("lock"), Duration.ZERO)) {
      holder.name(TRANSACTION);

      assertThatThrownBy(() -> WriteLock.acquire(alias.resolve("lock"), Duration.ZERO))
          .isInstanceOf(PondException.Locked.class)
          .hasMessageContaining("ann on station");
      assertThat(LockProcess.tryLock(real.resolve("lock"))).isEqualTo("locked");
    }
  }

  @Test
  void acquire_byAnInterruptedThread_saysThatItIsLocked() throws IOException {
    try (WriteLock holder = acquire(Duration.ZERO)) {
      holder.name(TRANSACTION);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> acquire(Duration.ofHours(1)))
          .isInstanceOf(PondException.Locked.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void look_noLockFile_isNobody() {
    assertThat(WriteLock.look(dir.resolve("lock"))).isEqualTo(WriterState.NONE);
    assertThat(dir.resolve("lock")).doesNotExist();
  }

  @Test
  void look_textWithoutALock_isInterruptedAndChangesNothing() throws IOException {
    Path file = Files.writeString(dir.resolve("lock"), "{\"pid\"");

    assertThat(WriteLock.look(file)).isEqualTo(WriterState.INTERRUPTED);
    assertThat(WriteLock.look(file)).isEqualTo(WriterState.INTERRUPTED);
    assertThat(file).hasContent("{\"pid\"");
  }

  @Test
  void parse_anyTornOrDamagedText_isEmptyOrAHolder() {
    String whole = new LockHolder(7, TRANSACTION).toJson();
    assertThat(LockHolder.parse(whole)).contains(new LockHolder(7, TRANSACTION));
    for (int length = 0; length < whole.length(); length++) {
      assertThat(LockHolder.parse(whole.substring(0, length))).isEmpty();
      String damaged = whole.substring(0, length) + '\0' + whole.substring(length + 1);
      assertThat(LockHolder.parse(damaged)).isEmpty();
    }
    assertThat(LockHolder.parse(whole.replace("\"txn_seq\":7", "\"txn_seq\":-7"))).isEmpty();
    assertThat(LockHolder.parse(whole.replace("\"txn_seq\":7", "\"txn_seq\":1e99"))).isEmpty();
    assertThat(LockHolder.parse(whole.replace("[\"copy\"", "[1"))).isEmpty();
  }

  private WriteLock acquire(Duration patience) throws IOException {
    return WriteLock.acquire(dir.resolve("lock"), patience);
  }
}
