package dev.duckpond.steward;

import static dev.duckpond.steward.StewardFixture.impatient;
import static dev.duckpond.steward.StewardFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StewardTest {
  @TempDir Path directory;
  private StewardFixture pond;

  @BeforeEach
  void makePond() {
    pond = StewardFixture.create(directory.resolve("pond"));
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  @Test
  void write_changes_areCommittedUnderTheNextNumberAndRecorded() throws IOException {
    byte[] large = Samples.bytes(100_000, 1);
    CommittedTransaction made = pond.makeDirectory("/a");
    CommittedTransaction copied = pond.writeFile("/a/large", large);

    assertThat(made.info().seq()).isEqualTo(new TxnSeq(2));
    assertThat(copied.info().seq()).isEqualTo(new TxnSeq(3));
    assertThat(copied.info().args()).containsExactly("copy", "/a/large");
    assertThat(pond.bytes("/a/large")).isEqualTo(large);
    assertThat(pond.audit()).containsExactly("1 COMPLETED", "2 COMPLETED", "3 COMPLETED");
    assertThat(pond.newestAudit().bytesWritten()).isEqualTo(100_000);
    assertThat(pond.lockText()).isEmpty();
    assertThat(pond.steward().writer()).isEqualTo(WriterState.NONE);
  }

  @Test
  void write_nothingChanged_takesNoNumber() throws IOException {
    WriteResult<String> result = pond.steward().write(request("mkdir"), transaction -> "nothing");

    assertThat(result).isEqualTo(new WriteResult.Unchanged<>("nothing"));
    assertThat(pond.last()).isEqualTo(new TxnSeq(1));
    assertThat(pond.audit()).containsExactly("1 COMPLETED");
    assertThat(pond.lockText()).isEmpty();
    assertThat(pond.makeDirectory("/a").info().seq()).isEqualTo(new TxnSeq(2));
  }

  @Test
  void write_workThatFails_leavesNothingAndIsRecordedWithItsSecretsMasked() throws IOException {
    assertThatThrownBy(() ->
            pond.steward()
                .write(
                    request("copy", "--token", "hunter22", "/a"),
                    transaction -> {
                      transaction.edit().makeDirectory(PondPath.of("/a"));
                      StewardFixture.writeFile(transaction, "/a/b", Samples.bytes(200_000, 2));
                      throw new PondException.Invalid("no", "the service refused hunter22", "");
                    }))
        .isInstanceOf(PondException.Invalid.class);

    assertThat(pond.names()).isEmpty();
    assertThat(pond.last()).isEqualTo(new TxnSeq(1));
    ControlRow row = pond.newestAudit();
    assertThat(row.outcome()).isEqualTo(ControlRow.Outcome.FAILED);
    assertThat(row.txnSeq()).isEqualTo(TxnSeq.NONE);
    assertThat(row.args()).containsExactly("copy", "--token", "***", "/a");
    assertThat(row.error().orElseThrow()).contains("the service refused ***");
    assertThat(pond.lockText()).isEmpty();
    assertThat(pond.makeDirectory("/a").info().seq()).isEqualTo(new TxnSeq(2));
  }

  @Test
  void write_workThatCannotRead_isReportedAndRecorded() {
    assertThatThrownBy(() ->
            pond.steward()
                .write(
                    request("copy"),
                    transaction -> {
                      throw new IOException("the card reader is gone");
                    }))
        .isInstanceOf(PondException.Failed.class)
        .hasMessageContaining("the card reader is gone");

    assertThat(pond.audit()).containsExactly("1 COMPLETED", "- FAILED");
  }

  @Test
  void write_whileItRuns_theLockFileNamesIt() {
    pond.steward()
        .write(
            request("copy", "--password=hunter22"),
            transaction -> {
              String text = pond.lockText();
              assertThat(text).contains("\"copy\"").contains("***").doesNotContain("hunter22");
              assertThat(pond.steward().writer()).isEqualTo(WriterState.AT_WORK);
              return "";
            });
  }

  @Test
  void write_within_neverWaitsForItself() {
    pond.steward()
        .write(
            request("copy", "/a"),
            transaction -> {
              assertThatThrownBy(
                      () -> pond.steward().write(impatient("mkdir", "/b"), inner -> "never"))
                  .isInstanceOf(PondException.Locked.class)
                  .hasMessageContaining(
                      "process %d of ada on station".formatted(ProcessHandle.current().pid()))
                  .hasMessageContaining("pond copy /a");
              return "";
            });
  }

  @Test
  void write_fromSeveralThreads_queues() throws Exception {
    int threads = 3;
    int each = 8;
    AtomicInteger atWork = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        String name = "/thread-" + thread + "-";
        running.add(
            pool.submit(() -> {
              for (int i = 0; i < each; i++) {
                String path = name + i;
                pond.steward()
                    .write(
                        request("mkdir", path),
                        transaction -> {
                          assertThat(atWork.incrementAndGet()).isEqualTo(1);
                          transaction.edit().makeDirectory(PondPath.of(path));
                          assertThat(atWork.decrementAndGet()).isZero();
                          return path;
                        });
              }
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    assertThat(pond.names()).hasSize(threads * each);
    assertThat(pond.last()).isEqualTo(new TxnSeq(1 + threads * each));
    assertThat(pond.audit()).hasSize(1 + threads * each).allMatch(row -> row.endsWith("COMPLETED"));
  }

  @Test
  void write_throughTwoNamesOfOnePond_queues() throws IOException {
    Path alias = Files.createSymbolicLink(directory.resolve("alias"), pond.layout().root());
    try (StewardFixture other = StewardFixture.open(alias)) {
      pond.steward()
          .write(
              request("copy", "/a"),
              transaction -> {
                assertThatThrownBy(
                        () -> other.steward().write(impatient("mkdir", "/b"), inner -> "never"))
                    .isInstanceOf(PondException.Locked.class);
                // Had the second one opened the lock file, the lock would be gone now.
                assertThat(LockProcess.tryLock(pond.layout().lockFile())).isEqualTo("locked");
                transaction.edit().makeDirectory(PondPath.of("/a"));
                return "";
              });
      assertThat(other.makeDirectory("/b").info().seq()).isEqualTo(new TxnSeq(3));
    }
  }

  @Test
  void write_clockThatStepsBack_commitsWithoutANegativeDuration() {
    pond.steward()
        .write(
            request("mkdir", "/a"),
            transaction -> {
              transaction.edit().makeDirectory(PondPath.of("/a"));
              pond.clock().advance(Duration.ofHours(-3));
              return "";
            });

    assertThat(pond.newestAudit().durationMillis()).isZero();
    assertThat(pond.makeDirectory("/b").info().seq()).isEqualTo(new TxnSeq(3));
    pond.reopen();
    assertThat(pond.names()).containsExactly("/a", "/b");
  }

  @Test
  void write_logDamagedMeanwhile_saysWhatIsDamagedAndKeepsTheHolder() throws IOException {
    Path next = pond.layout().data().resolve("_delta_log/00000000000000000001.json");

    assertThatThrownBy(() ->
            pond.steward()
                .write(
                    request("mkdir", "/q"),
                    transaction -> {
                      transaction.edit().makeDirectory(PondPath.of("/q"));
                      Files.writeString(next, "{\"add\":");
                      return "";
                    }))
        .isInstanceOf(PondException.Corrupt.class)
        .hasMessageContaining(next.toString());

    assertThat(pond.lockText()).contains("/q");
  }

  @Test
  void hooks_afterACommit_runInOrderWithTheCommitAndWithoutTheLock() {
    List<String> seen = new ArrayList<>();
    pond.withHook(
            hook(
                "first",
                (transaction, tree) -> {
                  assertThat(tree.find(PondPath.of("/a"))).isPresent();
                  seen.add("first " + transaction.info().seq());
                }))
        .withHook(
            hook(
                "second",
                (transaction, tree) -> {
                  seen.add("second");
                  assertThat(pond.steward().write(impatient("nothing"), inner -> "free"))
                      .isEqualTo(new WriteResult.Unchanged<>("free"));
                  seen.add("the lock is free");
                }));

    pond.makeDirectory("/a");

    assertThat(seen).containsExactly("first 2", "second", "the lock is free");
  }

  @Test
  void hooks_oneThrows_theCommitStandsAndTheOthersRun() {
    List<String> seen = new ArrayList<>();
    pond.withHook(
            hook(
                "broken",
                (transaction, tree) -> {
                  throw new IOException("the remote is away");
                }))
        .withHook(
            hook(
                "defect",
                (transaction, tree) -> {
                  throw new IllegalStateException("a mistake");
                }))
        .withHook(hook("last", (transaction, tree) -> seen.add("last")));

    pond.makeDirectory("/a");

    assertThat(seen).containsExactly("last");
    assertThat(pond.names()).containsExactly("/a");
    assertThat(pond.audit()).containsExactly("1 COMPLETED", "2 COMPLETED");
  }

  @Test
  void hooks_nothingCommitted_doNotRun() {
    List<String> seen = new ArrayList<>();
    pond.withHook(hook("any", (transaction, tree) -> seen.add("ran")));

    pond.steward().write(request("nothing"), transaction -> "");
    assertThatThrownBy(() -> pond.makeDirectory("/no/such/parent"))
        .isInstanceOf(PondException.NotFound.class);

    assertThat(seen).isEmpty();
  }

  private interface Action {
    void run(CommittedTransaction transaction, PondTree tree) throws Exception;
  }

  private static PostCommitHook hook(String name, Action action) {
    return new PostCommitHook() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void committed(CommittedTransaction transaction, PondTree tree) throws Exception {
        action.run(transaction, tree);
      }
    };
  }
}
