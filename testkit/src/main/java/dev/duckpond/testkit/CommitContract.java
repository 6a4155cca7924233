package dev.duckpond.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.duckpond.tinyfs.CommitOutcome;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a write promises: all or nothing, once, and never over somebody else's. */
interface CommitContract {
  PondFixture pond();

  @Test
  default void newPond_holdsRootAndFirstTransaction() {
    Snapshot snapshot = pond().snapshot();

    assertThat(snapshot.txnSeq()).isEqualTo(new TxnSeq(1));
    assertThat(snapshot.committedAt()).isEqualTo(PondFixture.START);
    assertThat(snapshot.root().node()).isEqualTo(pond().root());
    assertThat(snapshot.root().isRoot()).isTrue();
    assertThat(snapshot.listEntries(pond().root())).isEmpty();
    assertThat(pond().store().identity()).isEqualTo(pond().identity());
    assertThat(snapshot.identity()).isEqualTo(pond().identity());
  }

  @Test
  default void commit_isVisibleOnlyAfterIt() throws IOException {
    try (StoreWrite write = pond().store().begin(pond().nextInfo())) {
      TreeEdit edit = pond().edit();
      Samples.write(edit, write, "/a.txt", "alpha");
      edit.makeDirectory(PondPath.of("/d"));
      PondPicture before = PondPicture.of(pond().snapshot());
      assertThat(before.items()).isEmpty();

      CommittedTransaction transaction = PondFixture.requireCommitted(write.commit(edit.rows()));

      assertThat(transaction.info().seq()).isEqualTo(new TxnSeq(2));
      assertThat(transaction.rows()).containsExactlyInAnyOrderElementsOf(edit.rows());
    }
    assertThat(pond().snapshot().txnSeq()).isEqualTo(new TxnSeq(2));
    assertThat(pond().text("/a.txt")).isEqualTo("alpha");
    assertThat(pond().tree().find(PondPath.of("/d"))).isPresent();
  }

  @Test
  default void commit_takesItsTimeFromTheClock() {
    Instant time = PondFixture.START.plus(Duration.ofDays(3)).plusNanos(111_000);
    pond().clock().set(time.minusSeconds(1));

    CommittedTransaction transaction = pond().makeDirectory("/d");

    assertThat(transaction.committedAt()).isEqualTo(time);
    assertThat(pond().snapshot().committedAt()).isEqualTo(time);
  }

  @Test
  default void write_closedWithoutCommit_leavesNothing() throws IOException {
    PondPicture before = PondPicture.of(pond().snapshot());
    try (StoreWrite write = pond().store().begin(pond().nextInfo())) {
      TreeEdit edit = pond().edit();
      Samples.write(edit, write, "/small", "never seen");
      Samples.write(
          edit, write, "/large", EntryType.DATA, Samples.bytes(2 * Samples.INLINE_BYTES, 1));
    }

    assertThat(PondPicture.of(pond().snapshot())).isEqualTo(before);
    pond().reopen();
    assertThat(PondPicture.of(pond().snapshot())).isEqualTo(before);
    assertThat(pond().makeDirectory("/d").info().seq()).isEqualTo(new TxnSeq(2));
  }

  @Test
  default void write_leftOpen_showsNothingAndHindersNobody() throws IOException {
    try (StoreWrite forgotten = pond().store().begin(pond().nextInfo())) {
      Samples.stage(forgotten, EntryType.DATA, Samples.bytes(100_000, 2));

      assertThat(pond().makeDirectory("/d").info().seq()).isEqualTo(new TxnSeq(2));
    }
    assertThat(pond().snapshot().txnSeq()).isEqualTo(new TxnSeq(2));
  }

  @Test
  default void close_twiceAndAfterCommit_isHarmless() {
    StoreWrite write = pond().store().begin(pond().nextInfo());
    TreeEdit edit = pond().edit();
    edit.makeDirectory(PondPath.of("/d"));
    PondFixture.requireCommitted(write.commit(edit.rows()));
    write.close();
    write.close();

    assertThat(pond().tree().find(PondPath.of("/d"))).isPresent();
  }

  @Test
  default void commit_secondOnOneWrite_isRefused() {
    try (StoreWrite write = pond().store().begin(pond().nextInfo())) {
      TreeEdit edit = pond().edit();
      edit.makeDirectory(PondPath.of("/d"));
      PondFixture.requireCommitted(write.commit(edit.rows()));

      assertThatIllegalStateException()
          .isThrownBy(() -> write.commit(edit.rows()))
          .withMessageContaining("this write has ended");
    }
    assertThat(pond().snapshot().txnSeq()).isEqualTo(new TxnSeq(2));
  }

  @Test
  default void commitAndStage_afterClose_areRefused() {
    StoreWrite write = pond().store().begin(pond().nextInfo());
    TreeEdit edit = pond().edit();
    edit.makeDirectory(PondPath.of("/d"));
    write.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> write.commit(edit.rows()))
        .withMessageContaining("this write has ended");
    assertThatIllegalStateException()
        .isThrownBy(() -> Samples.stage(write, EntryType.DATA, new byte[] {1}))
        .withMessageContaining("this write has ended");
    assertThat(pond().snapshot().txnSeq()).isEqualTo(new TxnSeq(1));
  }

  @Test
  default void commit_ofNumberAlreadyTaken_isConflictAndLeavesNothing() throws IOException {
    TransactionInfo late = pond().nextInfo("pond", "late");
    try (StoreWrite write = pond().store().begin(late)) {
      TreeEdit edit = pond().edit();
      Samples.write(edit, write, "/late.txt", "late");
      pond().makeDirectory("/first");
      pond().makeDirectory("/second");
      PondPicture before = PondPicture.of(pond().snapshot());

      CommitOutcome outcome = write.commit(edit.rows());

      assertThat(outcome).isEqualTo(new CommitOutcome.Conflict(new TxnSeq(3)));
      assertThat(PondPicture.of(pond().snapshot())).isEqualTo(before);
    }
    assertThat(pond().makeDirectory("/third").info().seq()).isEqualTo(new TxnSeq(4));
  }

  @Test
  default void commit_ofNumberTooHigh_isConflictAndLeavesNothing() {
    try (StoreWrite write = pond().store().begin(pond().info(new TxnSeq(5), "pond", "early"))) {
      TreeEdit edit = pond().edit();
      edit.makeDirectory(PondPath.of("/early"));

      assertThat(write.commit(edit.rows())).isEqualTo(new CommitOutcome.Conflict(new TxnSeq(1)));
    }
    assertThat(pond().snapshot().txnSeq()).isEqualTo(new TxnSeq(1));
    assertThat(pond().tree().find(PondPath.of("/early"))).isEmpty();
  }

  @Test
  default void stage_failingStream_passesItOnAndWriteGoesOn() throws IOException {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(Samples.bytes(Samples.INLINE_BYTES + 9, 3)),
            new FailingStream());
    try (StoreWrite write = pond().store().begin(pond().nextInfo())) {
      assertThat(catchThrowable(() -> write.stage(broken, EntryType.DATA)))
          .isInstanceOf(IOException.class)
          .hasMessage("the cable was pulled");
      TreeEdit edit = pond().edit();
      Samples.write(edit, write, "/a.txt", "alpha");
      PondFixture.requireCommitted(write.commit(edit.rows()));
    }
    assertThat(pond().text("/a.txt")).isEqualTo("alpha");
  }

  @Test
  default void stage_leavesStreamOpen() throws IOException {
    List<String> closed = new ArrayList<>();
    InputStream content =
        new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.add("closed");
          }
        };
    try (StoreWrite write = pond().store().begin(pond().nextInfo())) {
      assertThat(write.stage(content, EntryType.DATA).sizeBytes()).isEqualTo(3);
    }
    assertThat(closed).isEmpty();
  }

  @Test
  default void stage_fromSeveralThreads_keepsEachContent() throws Exception {
    int files = 40;
    try (StoreWrite write = pond().store().begin(pond().nextInfo());
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<StagedContent>> staged = new ArrayList<>();
      for (int i = 0; i < files; i++) {
        byte[] content = content(i);
        staged.add(threads.submit(() -> Samples.stage(write, EntryType.DATA, content)));
      }
      TreeEdit edit = pond().edit();
      for (int i = 0; i < files; i++) {
        edit.write(PondPath.of("/f" + i), EntryType.DATA, staged(staged.get(i)), ContentFacts.NONE);
      }
      PondFixture.requireCommitted(write.commit(edit.rows()));
    }
    Snapshot snapshot = pond().snapshot();
    for (int i = 0; i < files; i++) {
      assertThat(
              PondFixture.bytes(
                  snapshot,
                  pond().tree().require(PondPath.of("/f" + i)).findVersion().orElseThrow()))
          .isEqualTo(content(i));
    }
  }

  /** Answers small, large and equal contents in turn. */
  private static byte[] content(int file) {
    int size = file % 2 == 0 ? 100 + file : Samples.INLINE_BYTES + file;
    return file % 5 == 0 ? Samples.bytes(Samples.INLINE_BYTES + 5, 9) : Samples.bytes(size, file);
  }

  private static StagedContent staged(Future<StagedContent> future)
      throws InterruptedException, ExecutionException {
    return future.get();
  }

  /** A stream whose source is gone. */
  final class FailingStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the cable was pulled");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      throw new IOException("the cable was pulled");
    }
  }
}
