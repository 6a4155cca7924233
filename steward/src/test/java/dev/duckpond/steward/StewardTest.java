package dev.duckpond.steward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StewardTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  private static final PondPath A = PondPath.of("/a");

  @TempDir Path dir;
  private final UuidV7 ids =
      new UuidV7(CLOCK, RandomGeneratorFactory.of("L64X128MixRandom").create(7));
  private final List<String> events = new ArrayList<>();
  private Steward steward;

  @BeforeEach
  void makePond() {
    PondLayout layout = new PondLayout(dir.resolve("pond"));
    PondIdentity identity = new PondIdentity(new PondId(ids.next()), "test", CLOCK.instant());
    OplogStore store =
        OplogStore.create(
            layout,
            identity,
            transaction(TxnSeq.NONE.next(), List.of("init")),
            new NodeId(ids.next()),
            CLOCK);
    store.controlLog().rebuildFrom(store.latest());
    steward =
        new Steward(
            layout, store, FactoryRegistry.EMPTY, CLOCK, ids, List.of(new Failing(), new Noting()));
  }

  @AfterEach
  void close() {
    steward.close();
  }

  @Test
  void write_change_isCommittedNumberedAndAudited() {
    WriteResult<String> result = steward.write(request("mkdir", "/a"), this::makeA);

    assertThat(result).isInstanceOf(WriteResult.Written.class);
    assertThat(result.value()).isEqualTo("made");
    assertThat(steward.read().find(A)).isPresent();
    assertThat(steward.read().snapshot().txnSeq()).isEqualTo(new TxnSeq(2));
    assertThat(steward.audit().getFirst().outcome()).isEqualTo(ControlRow.Outcome.COMPLETED);
    assertThat(steward.writer()).isEqualTo(WriterState.NONE);
  }

  @Test
  void write_withoutChange_takesNoNumber() {
    WriteResult<Integer> result = steward.write(request("mkdir", "-p", "/"), transaction -> 3);

    assertThat(result).isEqualTo(new WriteResult.Unchanged<>(3));
    assertThat(steward.read().snapshot().txnSeq()).isEqualTo(new TxnSeq(1));
    assertThat(events).isEmpty();
  }

  @Test
  void write_failingWork_leavesNothingAndIsRecordedWithoutSecrets() {
    WriteRequest request = request("copy", "--password", "hunter22");

    assertThatThrownBy(() ->
            steward.write(
                request,
                transaction -> {
                  makeA(transaction);
                  throw new PondException.Invalid("the service refused hunter22", "", "");
                }))
        .isInstanceOf(PondException.Invalid.class);

    assertThat(steward.read().find(A)).isEmpty();
    ControlRow row = steward.audit().getFirst();
    assertThat(row.outcome()).isEqualTo(ControlRow.Outcome.FAILED);
    assertThat(row.args()).containsExactly("copy", "--password", "***");
    assertThat(row.error()).contains("the service refused ***");
    assertThat(steward.writer()).isEqualTo(WriterState.NONE);
  }

  @Test
  void write_hookThatThrows_undoesNothingAndStopsNoOther() {
    steward.write(request("mkdir", "/a"), this::makeA);

    assertThat(events).containsExactly("failing 2", "noting 2");
    assertThat(steward.read().find(A)).isPresent();
  }

  @Test
  void write_afterAKilledWriter_recoversFirst() throws IOException {
    TransactionInfo killed = transaction(new TxnSeq(2), List.of("copy", "x", "/x"));
    Files.writeString(dir.resolve("pond/lock"), new LockHolder(1, killed).toJson());
    assertThat(steward.writer()).isEqualTo(WriterState.INTERRUPTED);

    steward.write(request("mkdir", "/a"), this::makeA);

    assertThat(steward.read().snapshot().txnSeq()).isEqualTo(new TxnSeq(2));
    assertThat(steward.audit())
        .extracting(ControlRow::outcome)
        .contains(ControlRow.Outcome.INTERRUPTED, ControlRow.Outcome.COMPLETED);
  }

  @Test
  void recover_killedAfterItsCommit_saysCommitted() throws IOException {
    steward.write(request("mkdir", "/a"), this::makeA);
    CommittedTransaction committed = steward.read().snapshot().listTransactions().getLast();
    Files.writeString(dir.resolve("pond/lock"), new LockHolder(1, committed.info()).toJson());

    RecoveryReport report = steward.recover(request("recover"));

    assertThat(report.fate()).isEqualTo(RecoveryReport.Fate.COMMITTED);
    assertThat(steward.read().find(A)).isPresent();
    assertThat(steward.recover(request("recover")).foundAnything()).isFalse();
  }

  private String makeA(WriteTransaction transaction) {
    transaction.edit().makeDirectory(A);
    return "made";
  }

  private static WriteRequest request(String... args) {
    return new WriteRequest(List.of(args), "ann", "station", Duration.ZERO);
  }

  private TransactionInfo transaction(TxnSeq seq, List<String> args) {
    return new TransactionInfo(seq, new TxnId(ids.next()), args, "ann", "station", CLOCK.instant());
  }

  private final class Failing implements PostCommitHook {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public void committed(CommittedTransaction transaction, PondTree tree) throws IOException {
      events.add("failing " + transaction.info().seq());
      throw new IOException("no network");
    }
  }

  private final class Noting implements PostCommitHook {
    @Override
    public String name() {
      return "noting";
    }

    @Override
    public void committed(CommittedTransaction transaction, PondTree tree) {
      events.add("noting " + tree.snapshot().txnSeq());
    }
  }
}
