package dev.duckpond.steward;

import static dev.duckpond.steward.StewardFixture.impatient;
import static dev.duckpond.steward.StewardFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.oplog.RunDirectory;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash left is finished once, by the next write or on demand. */
final class RecoveryTest {
  private static final TransactionInfo LOST =
      new TransactionInfo(
          new TxnSeq(3),
          TxnId.of("01900000-0000-7000-8000-000000000003"),
          List.of("copy", "lost", "/"),
          "bob",
          "buoy",
          StewardFixture.START.plusSeconds(60));

  @TempDir Path directory;
  private StewardFixture pond;
  private CommittedTransaction newest;

  @BeforeEach
  void makePond() {
    pond = StewardFixture.create(directory.resolve("pond"));
    newest = pond.makeDirectory("/a");
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  @Test
  void recover_nothingInterrupted_findsNothing() {
    RecoveryReport report = pond.steward().recover(request("recover"));

    assertThat(report.foundAnything()).isFalse();
    assertThat(report.fate()).isEqualTo(RecoveryReport.Fate.NONE);
    assertThat(pond.audit()).containsExactly("1 COMPLETED", "2 COMPLETED");
  }

  @Test
  void recover_diedBeforeTheCommit_recordsTheInterruptionOnce() throws IOException {
    leaveHolder(LOST);
    assertThat(pond.steward().writer()).isEqualTo(WriterState.INTERRUPTED);

    RecoveryReport report = pond.steward().recover(request("recover"));
    RecoveryReport again = pond.steward().recover(request("recover"));

    assertThat(report)
        .isEqualTo(
            new RecoveryReport(Optional.of(LOST), RecoveryReport.Fate.DISCARDED, 0, 0, List.of()));
    assertThat(again.foundAnything()).isFalse();
    assertThat(pond.audit()).containsExactly("1 COMPLETED", "2 COMPLETED", "- INTERRUPTED");
    assertThat(pond.newestAudit().args()).containsExactly("copy", "lost", "/");
    assertThat(pond.lockText()).isEmpty();
    assertThat(pond.steward().writer()).isEqualTo(WriterState.NONE);
  }

  @Test
  void recover_diedBetweenCommitAndAudit_recordsTheCommit() throws IOException {
    forgetAudit();
    leaveHolder(newest.info());

    RecoveryReport report = pond.steward().recover(request("recover"));

    assertThat(report.fate()).isEqualTo(RecoveryReport.Fate.COMMITTED);
    assertThat(report.interrupted()).contains(newest.info());
    assertThat(pond.audit()).containsExactlyInAnyOrder("1 COMPLETED", "2 RECOVERED");
    assertThat(pond.names()).containsExactly("/a");
  }

  @Test
  void recover_diedBetweenAuditAndTheEndOfTheHolder_addsNoSecondRow() throws IOException {
    leaveHolder(newest.info());

    RecoveryReport report = pond.steward().recover(request("recover"));

    assertThat(report.fate()).isEqualTo(RecoveryReport.Fate.COMMITTED);
    assertThat(pond.audit()).containsExactly("1 COMPLETED", "2 COMPLETED");
  }

  @Test
  void recover_diedAfterItsFailureWasRecorded_addsNoSecondRow() throws IOException {
    assertThatThrownBy(() -> pond.makeDirectory("/no/parent"))
        .isInstanceOf(PondException.NotFound.class);
    leaveHolder(
        new TransactionInfo(
            new TxnSeq(3),
            pond.newestAudit().txnId(),
            List.of("mkdir"),
            "ada",
            "station",
            StewardFixture.START));

    pond.steward().recover(request("recover"));

    assertThat(pond.audit()).containsExactly("1 COMPLETED", "2 COMPLETED", "- FAILED");
  }

  @Test
  void recover_tornHolder_isDiscardedAndTheAuditCompleted() throws IOException {
    forgetAudit();
    Files.writeString(pond.layout().lockFile(), "{\"pid\":12,\"txn_s");

    RecoveryReport report = pond.steward().recover(request("recover"));

    assertThat(report)
        .isEqualTo(
            new RecoveryReport(Optional.empty(), RecoveryReport.Fate.DISCARDED, 0, 2, List.of()));
    assertThat(pond.audit()).containsExactlyInAnyOrder("1 COMPLETED", "2 COMPLETED");
    assertThat(pond.lockText()).isEmpty();
  }

  @Test
  void recover_auditDeleted_isRebuiltFromTheLog() throws IOException {
    forgetAudit();

    RecoveryReport report = pond.steward().recover(request("recover"));

    assertThat(report.auditRowsAdded()).isEqualTo(2);
    assertThat(pond.steward().recover(request("recover")).foundAnything()).isFalse();
    assertThat(pond.audit()).containsExactlyInAnyOrder("1 COMPLETED", "2 COMPLETED");
  }

  @Test
  void recover_leftoversOfDeadRuns_goAndThoseOfLivingRunsStay() throws IOException {
    Path dead = leaveRun(pond.layout(), "pid-99-dead");
    try (RunDirectory ours = RunDirectory.open(pond.layout());
        LivingRun other = LivingRun.start(pond.layout().tmp().resolve("pid-77-other"))) {
      assertThat(pond.steward().recover(request("recover")).leftoversRemoved()).isEqualTo(1);

      assertThat(dead).doesNotExist();
      assertThat(ours.path()).exists();
      assertThat(other.path()).exists();
    }
    assertThat(pond.steward().recover(request("recover")).leftoversRemoved()).isEqualTo(1);
  }

  @Test
  void recover_writerAtWork_saysSoAndChangesNothing() throws IOException {
    try (LockProcess holder = LockProcess.hold(pond.layout().lockFile())) {
      assertThatThrownBy(() -> pond.steward().recover(impatient("recover")))
          .isInstanceOf(PondException.Locked.class)
          .hasMessageContaining("process " + holder.pid() + " of bob on buoy");
      assertThat(pond.steward().writer()).isEqualTo(WriterState.AT_WORK);
    }
    assertThat(pond.steward().writer()).isEqualTo(WriterState.INTERRUPTED);
  }

  @Test
  void write_afterACrash_recoversByItself() throws IOException {
    leaveHolder(LOST);
    Path dead = leaveRun(pond.layout(), "pid-99-dead");

    assertThat(pond.makeDirectory("/b").info().seq()).isEqualTo(new TxnSeq(3));

    assertThat(dead).doesNotExist();
    assertThat(pond.audit())
        .containsExactlyInAnyOrder("1 COMPLETED", "2 COMPLETED", "- INTERRUPTED", "3 COMPLETED");
    assertThat(pond.names()).containsExactly("/a", "/b");
    assertThat(pond.lockText()).isEmpty();
  }

  @Test
  void write_afterAReaderThatWasKilled_removesItsTemporaryFiles() throws IOException {
    Path dead = leaveRun(pond.layout(), "pid-99-killed-while-reading");

    pond.makeDirectory("/b");

    assertThat(dead).doesNotExist();
  }

  @Test
  void write_auditCannotBeWritten_commitsAndRecoveryAddsTheRow() throws IOException {
    Path control = pond.layout().control();
    Path aside = directory.resolve("aside");
    Files.move(control, aside);
    Files.writeString(control, "a file in the way");
    pond.reopen();

    assertThat(pond.makeDirectory("/b").info().seq()).isEqualTo(new TxnSeq(3));
    assertThat(pond.names()).containsExactly("/a", "/b");
    assertThat(pond.lockText()).contains("/b");
    // Nor does a broken audit keep anybody from writing.
    assertThat(pond.makeDirectory("/c").info().seq()).isEqualTo(new TxnSeq(4));

    Files.delete(control);
    Files.move(aside, control);
    pond.reopen();
    RecoveryReport report = pond.steward().recover(request("recover"));

    assertThat(report.fate()).isEqualTo(RecoveryReport.Fate.COMMITTED);
    assertThat(pond.audit())
        .containsExactlyInAnyOrder("1 COMPLETED", "2 COMPLETED", "3 RECOVERED", "4 RECOVERED");
    assertThat(pond.lockText()).isEmpty();
  }

  @Test
  void recover_commitThatTheDiskDoesNotConfirm_isUnknownAndAskedAgain() throws IOException {
    leaveHolder(newest.info());
    IOException refused = new IOException("the disk says no");
    try (OplogStore store = OplogStore.open(pond.layout(), pond.clock());
        WriteLock lock = WriteLock.acquire(pond.layout().lockFile(), Duration.ZERO)) {
      Recovery recovery =
          new Recovery(
              pond.layout(),
              store,
              pond.clock(),
              () -> {
                throw refused;
              });

      assertThatThrownBy(() -> recovery.run(lock))
          .isInstanceOf(PondException.Failed.class)
          .hasMessageContaining("it is not known whether transaction 2 was committed")
          .hasMessageContaining("the disk says no")
          .hasCause(refused);
    }

    assertThat(pond.lockText()).isEqualTo(new LockHolder(99_999, newest.info()).toJson());
    assertThat(pond.steward().recover(request("recover")).fate())
        .isEqualTo(RecoveryReport.Fate.COMMITTED);
  }

  @Test
  void write_auditDamaged_commitsAndKeepsWhatWasInterrupted() throws IOException {
    leaveHolder(LOST);
    Path commit = pond.layout().control().resolve("_delta_log/00000000000000000000.json");
    byte[] whole = Files.readAllBytes(commit);
    for (int at = 0; at < whole.length; at += 97) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(commit, damaged);
      pond.reopen();

      pond.makeDirectory("/f" + at);
    }
    // The worst there is: nothing that could be read.
    Files.write(commit, "not json\n".getBytes(StandardCharsets.UTF_8));
    pond.reopen();
    pond.makeDirectory("/last");
    assertThat(pond.lockText()).contains("/last");
    List<String> names = pond.names();

    Files.write(commit, whole);
    pond.reopen();
    pond.steward().recover(request("recover"));

    assertThat(pond.audit()).contains("- INTERRUPTED").doesNotContain("- FAILED");
    assertThat(pond.steward().audit())
        .filteredOn(row -> !row.txnSeq().equals(TxnSeq.NONE))
        .hasSize((int) pond.last().number());
    assertThat(pond.names()).isEqualTo(names).contains("/last");
    assertThat(pond.lockText()).isEmpty();
  }

  @Test
  void recover_severalInterruptedThatWereNotRecorded_recordsThemAll() throws IOException {
    TransactionInfo other =
        new TransactionInfo(
            new TxnSeq(3),
            TxnId.of("01900000-0000-7000-8000-000000000004"),
            List.of("copy", "other", "/"),
            "ann",
            "buoy",
            StewardFixture.START.plusSeconds(90));
    Files.writeString(
        pond.layout().lockFile(),
        String.join(
            "\n",
            new LockHolder(1, LOST).toJson(),
            "{\"pid\":12,\"txn_s",
            new LockHolder(2, other).toJson()));

    RecoveryReport report = pond.steward().recover(request("recover"));

    assertThat(report.interrupted()).contains(other);
    assertThat(pond.steward().audit())
        .filteredOn(row -> row.outcome() == ControlRow.Outcome.INTERRUPTED)
        .extracting(ControlRow::txnId)
        .containsExactlyInAnyOrder(LOST.id(), other.id());
    assertThat(pond.lockText()).isEmpty();
  }

  @Test
  void recover_leftoverThatCannotBeRemoved_doesTheRestAndSaysSo() throws IOException {
    Path odd = pond.layout().tmp().resolve("pid-1-odd");
    Files.createDirectories(odd.resolve("alive"));
    Path dead = leaveRun(pond.layout(), "pid-99-dead");
    leaveHolder(LOST);

    assertThatThrownBy(() -> pond.steward().recover(request("recover")))
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining(odd.toString());

    assertThat(dead).doesNotExist();
    assertThat(pond.audit()).containsExactly("1 COMPLETED", "2 COMPLETED", "- INTERRUPTED");
    assertThat(pond.lockText()).isEmpty();
    assertThat(pond.makeDirectory("/b").info().seq()).isEqualTo(new TxnSeq(3));
  }

  @Test
  void recover_olderStateRestoredBesideAYoungerAudit_doesNotContradictForEver() throws IOException {
    Path copy = directory.resolve("copy");
    copyTree(pond.layout().root(), copy);
    CommittedTransaction lost = pond.makeDirectory("/b");
    deleteTree(copy.resolve("control"));
    copyTree(pond.layout().control(), copy.resolve("control"));
    try (StewardFixture restored = StewardFixture.open(copy)) {
      CommittedTransaction third = restored.makeDirectory("/c");
      // As if it had died before its row was written.
      Files.writeString(
          restored.layout().lockFile(), new LockHolder(99_999, third.info()).toJson());
      restored.steward().recover(request("recover"));
      restored.steward().recover(request("recover"));

      assertThat(restored.steward().audit())
          .filteredOn(row -> row.txnSeq().equals(new TxnSeq(3)))
          .extracting(ControlRow::txnId)
          .containsExactlyInAnyOrder(lost.info().id(), third.info().id());
    }
  }

  @Test
  void recover_unfinishedFilesOfKilledProcesses_go() throws IOException {
    Path half =
        Files.writeString(
            pond.layout().data().resolve("_delta_log/.00000000000000000009.json.x.tmp"), "{");
    Files.setLastModifiedTime(half, FileTime.from(StewardFixture.START.minusSeconds(1)));

    assertThat(pond.steward().recover(request("recover")).leftoversRemoved()).isEqualTo(1);

    assertThat(half).doesNotExist();
  }

  @Test
  void write_onACopyOfAPondAtWork_recoversTheCopyAlone() throws IOException {
    Path copy = directory.resolve("copy");
    try (LockProcess holder = LockProcess.hold(pond.layout().lockFile())) {
      leaveRun(pond.layout(), "pid-99-elsewhere");
      copyTree(pond.layout().root(), copy);
      try (StewardFixture copied = StewardFixture.open(copy)) {
        assertThat(copied.steward().writer()).isEqualTo(WriterState.INTERRUPTED);
        assertThat(copied.makeDirectory("/b").info().seq()).isEqualTo(new TxnSeq(3));
        assertThat(copied.audit()).contains("- INTERRUPTED", "3 COMPLETED");
        assertThat(copied.layout().tmp().resolve("pid-99-elsewhere")).doesNotExist();
      }
      assertThat(holder.pid()).isPositive();
      assertThat(pond.names()).containsExactly("/a");
      assertThat(pond.layout().tmp().resolve("pid-99-elsewhere")).exists();
    }
  }

  /** Leaves the lock file as a process that was killed does. */
  private void leaveHolder(TransactionInfo info) throws IOException {
    Files.writeString(pond.layout().lockFile(), new LockHolder(99_999, info).toJson());
  }

  private static Path leaveRun(PondLayout layout, String name) throws IOException {
    Path run = Files.createDirectories(layout.tmp().resolve(name));
    Files.writeString(run.resolve("alive"), "");
    Files.writeString(run.resolve("blob-1"), "half a content");
    return run;
  }

  private void forgetAudit() throws IOException {
    deleteTree(pond.layout().control());
    Files.createDirectories(pond.layout().control());
    pond.reopen();
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(dir)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            try {
              Files.copy(
                  file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
