package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.testkit.PondPicture;
import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the journal, the pond is the same. */
final class IndexJournalTest {
  @TempDir Path directory;
  private PondFixture pond;
  private PondPicture before;
  private Path journal;

  @BeforeEach
  void makePond() {
    pond = new PondFixture(new DiskBackend(), directory.resolve("pond"));
    Samples.harbour(pond);
    pond.makeDirectory("/last");
    before = PondPicture.of(pond.snapshot());
    journal = new PondLayout(directory.resolve("pond")).indexJournal();
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  @Test
  void read_afterCommits_holdsEveryTransaction() throws IOException {
    IndexJournal.Content content = new IndexJournal(journal).read().orElseThrow();

    assertThat(content.identity()).isEqualTo(pond.identity());
    assertThat(content.position().version()).isEqualTo(2);
    assertThat(content.transactions())
        .extracting(LoggedTransaction::transaction)
        .containsExactlyElementsOf(pond.snapshot().listTransactions());
  }

  @Test
  void open_journalDeleted_readsTheLogAndWritesItAnew() throws IOException {
    Files.delete(journal);

    assertSamePond();

    assertThat(new IndexJournal(journal).read().orElseThrow().transactions()).hasSize(3);
  }

  @Test
  void open_journalCutAnywhere_givesTheSamePond() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    for (int length = 0; length < whole.length; length += 131) {
      Files.write(journal, Arrays.copyOf(whole, length));
      assertSamePond();
    }
  }

  @Test
  void open_oneBitFlippedAnywhere_givesTheSamePond() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    for (int at = 0; at < whole.length; at += 97) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(journal, damaged);
      assertSamePond();
    }
  }

  @Test
  void open_tailOfZeros_givesTheSamePond() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, whole.length + 500));

    assertSamePond();
  }

  @Test
  void open_journalOfAnotherPond_isNotBelieved() throws IOException {
    try (PondFixture other = new PondFixture(new DiskBackend(), directory.resolve("other"))) {
      other.makeDirectory("/foreign");
      other.makeDirectory("/foreign2");
      Files.copy(
          new PondLayout(directory.resolve("other")).indexJournal(),
          journal,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    assertSamePond();
  }

  @Test
  void open_journalWithAGapAndRightChecksums_isNotBelieved() throws IOException {
    IndexJournal.Content good = new IndexJournal(journal).read().orElseThrow();
    new IndexJournal(journal)
        .rewrite(
            new IndexJournal.Content(
                good.identity(), good.transactions().subList(1, 3), good.position()));

    assertThat(new IndexJournal(journal).read()).isEmpty();
    assertSamePond();
  }

  @Test
  void read_wrongFrameAtTheEnd_keepsWhatStandsBeforeIt() throws IOException {
    byte[] whole = Files.readAllBytes(journal);
    for (byte[] payload :
        List.of(
            new byte[] {2, -1, -1, -1, -1, 5},
            // Other kinds of frame than there are.
            new byte[] {9},
            // A transaction whose number is not the next.
            new byte[] {2, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
            // An identity made at an instant that does not exist.
            new byte[] {
              1, 0, 0, -2, -2, -2, -2, -2, -2, -2, -2, -2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
            },
            // More texts than the frame has bytes.
            new byte[] {2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, 7})) {
      Files.write(journal, whole);
      Files.write(journal, frame(payload), java.nio.file.StandardOpenOption.APPEND);

      assertThat(new IndexJournal(journal).read().orElseThrow().transactions()).hasSize(3);
      assertSamePond();
    }
  }

  @Test
  void read_identityOfAnInstantThatDoesNotExist_isNotBelieved() throws IOException {
    byte[] payload = new byte[40];
    payload[0] = 1;
    java.util.Arrays.fill(payload, 19, 28, (byte) -2);
    payload[28] = 1;
    Files.write(journal, "DPINDEX2".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Files.write(journal, frame(payload), java.nio.file.StandardOpenOption.APPEND);

    assertThat(new IndexJournal(journal).read()).isEmpty();
    assertSamePond();
  }

  @Test
  void append_fileGoneOrLonger_isLeftAlone() throws IOException {
    IndexJournal own = new IndexJournal(journal);
    IndexJournal.Content content = own.read().orElseThrow();
    LoggedTransaction next = content.transactions().getLast();
    byte[] whole = Files.readAllBytes(journal);

    Files.write(journal, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
    assertThat(own.append(next, content.position())).isFalse();
    assertThat(Files.size(journal)).isEqualTo(whole.length + 1L);
    Files.delete(journal);
    assertThat(own.append(next, content.position())).isFalse();
    assertThat(journal).doesNotExist();
  }

  private static byte[] frame(byte[] payload) {
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(payload);
    return java.nio.ByteBuffer.allocate(8 + payload.length)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putInt(payload.length)
        .putInt((int) crc.getValue())
        .put(payload)
        .array();
  }

  @Test
  void open_journalBehindTheLog_followsTheLog() throws IOException {
    byte[] old = Files.readAllBytes(journal);
    pond.makeDirectory("/one");
    pond.makeDirectory("/two");
    before = PondPicture.of(pond.snapshot());
    Files.write(journal, old);

    assertSamePond();

    assertThat(new IndexJournal(journal).read().orElseThrow().transactions()).hasSize(5);
  }

  @Test
  void open_journalAheadOfTheLog_isNotBelieved() throws IOException {
    pond.close();
    Files.delete(DeltaNames.commit(new PondLayout(directory.resolve("pond")).deltaLog(), 2));

    pond.reopen();

    assertThat(pond.snapshot().txnSeq()).isEqualTo(new TxnSeq(2));
  }

  @Test
  void commit_journalReplacedBehindItsBack_isWrittenWhole() throws IOException {
    Files.writeString(journal, "somebody was here");

    pond.makeDirectory("/more");

    assertThat(new IndexJournal(journal).read().orElseThrow().transactions()).hasSize(4);
  }

  @Test
  void commit_ofAnotherStoreInBetween_isFollowedAndJournaled() throws IOException {
    try (OplogStore other =
        OplogStore.open(new PondLayout(directory.resolve("pond")), pond.clock())) {
      pond.makeDirectory("/mine");
      assertThat(other.latest().txnSeq()).isEqualTo(new TxnSeq(4));
      pond.makeDirectory("/again");
      assertThat(PondPicture.of(other.latest())).isEqualTo(PondPicture.of(pond.snapshot()));
    }
    assertThat(new IndexJournal(journal).read().orElseThrow().transactions()).hasSize(5);
  }

  private void assertSamePond() {
    pond.reopen();
    assertThat(PondPicture.of(pond.snapshot())).isEqualTo(before);
    assertThat(pond.snapshot().listTransactions()).hasSize((int) pond.snapshot().txnSeq().number());
  }
}
