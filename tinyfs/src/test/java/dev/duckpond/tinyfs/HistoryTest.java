package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HistoryTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final UuidV7 ids = new UuidV7(() -> START, new SplittableRandom(1));
  private final PondId origin = new PondId(ids.next());
  private final NodeId node = new NodeId(ids.next());
  private final History history = new History();

  private void add(long seq, Instant committedAt, LogRow... rows) {
    TransactionInfo info =
        new TransactionInfo(
            new TxnSeq(seq), new TxnId(ids.next()), List.of(), "ada", "host", committedAt);
    history.add(new CommittedTransaction(info, committedAt, List.of(rows)));
  }

  private LogRow version(long seq, long number, long coversFrom) {
    return new LogRow.VersionWritten(
        new NodeVersion(
            origin,
            node,
            EntryType.TABLE_SERIES,
            new Version(number),
            new Version(coversFrom),
            new TxnSeq(seq),
            START,
            StagedContent.EMPTY,
            ContentFacts.NONE));
  }

  private List<String> versions(long seq) {
    return history.listVersions(node, new TxnSeq(seq)).stream()
        .map(version -> version.coversFrom() + ".." + version.version())
        .toList();
  }

  private long newest(long seq) {
    return history.findVersion(node, new TxnSeq(seq)).orElseThrow().version().number();
  }

  @Test
  void add_outOfOrder_isRefused() {
    assertThat(history.last()).isEqualTo(TxnSeq.NONE);
    add(1, START);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> add(3, START))
        .withMessage("transaction 3 does not follow 1");
    assertThatIllegalArgumentException().isThrownBy(() -> add(1, START));
    assertThat(history.last()).isEqualTo(new TxnSeq(1));
  }

  @Test
  void requireAt_clockSteppedBack_answersTheLastThatIsOldEnough() {
    add(1, START);
    add(2, START.plusSeconds(60));
    add(3, START.plusSeconds(30));

    assertThat(history.requireAt(START.plusSeconds(29))).isEqualTo(new TxnSeq(1));
    assertThat(history.requireAt(START.plusSeconds(30))).isEqualTo(new TxnSeq(3));
    assertThat(history.requireAt(START.plusSeconds(90))).isEqualTo(new TxnSeq(3));
    assertThatThrownBy(() -> history.requireAt(START.minusSeconds(1)))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessageStartingWith("there is nothing as of 2026-03-01T11:59:59Z");
  }

  @Test
  void versions_writtenInAnyOrder_areSorted() {
    add(1, START, version(1, 2, 2), version(1, 1, 1), version(1, 3, 3));

    assertThat(versions(1)).containsExactly("1..1", "2..2", "3..3");
    assertThat(newest(1)).isEqualTo(3);
  }

  @Test
  void findVersion_anyMixOfNumbers_isTheHighestUpToTheTransaction() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    long[] highest = new long[400];
    for (int seq = 1; seq < highest.length; seq++) {
      LogRow[] rows = new LogRow[random.nextInt(3)];
      highest[seq] = highest[seq - 1];
      for (int i = 0; i < rows.length; i++) {
        long number = random.nextInt(4) == 0 ? 1 + random.nextInt(40) : highest[seq] + 1;
        rows[i] = version(seq, number, number);
        highest[seq] = Math.max(highest[seq], number);
      }
      add(seq, START, rows);
    }
    for (int seq = 1; seq < highest.length; seq++) {
      assertThat(
              history.findVersion(node, new TxnSeq(seq)).map(version -> version.version().number()))
          .as("transaction %d, seed %d", seq, seed)
          .isEqualTo(highest[seq] == 0 ? Optional.empty() : Optional.of(highest[seq]));
    }
  }

  @Test
  void versions_compactedAndRewritten_leaveTheNewestNumberNewest() {
    add(1, START, version(1, 1, 1), version(1, 2, 2), version(1, 3, 3));
    add(2, START, version(2, 2, 1));
    add(3, START, version(3, 2, 1));
    add(4, START, version(4, 4, 4));
    add(5, START, version(5, 4, 1));

    assertThat(versions(1)).containsExactly("1..1", "2..2", "3..3");
    assertThat(versions(2)).containsExactly("1..2", "3..3");
    assertThat(newest(2)).isEqualTo(3);
    assertThat(newest(3)).isEqualTo(3);
    assertThat(versions(4)).containsExactly("1..2", "3..3", "4..4");
    assertThat(versions(5)).containsExactly("1..4");
    assertThat(newest(5)).isEqualTo(4);
  }
}
