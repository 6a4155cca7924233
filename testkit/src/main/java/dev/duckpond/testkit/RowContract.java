package dev.duckpond.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What rows promise: every field comes back, in whatever order the rows came. */
interface RowContract {
  PondFixture pond();

  @Test
  default void facts_allSet_comeBack() {
    ContentFacts facts =
        ContentFacts.builder()
            .rowCount(92_843)
            .timeColumn("Zeit \"UTC\"")
            .bounds(Optional.of(new EventBounds(-1, 1_900_000_000_000_001L)))
            .attribute("unit.Temp °C", "°C \"quoted\" \\ back\nline\ttab\u0001\u2028")
            .attribute("", "empty name")
            .attribute("empty value", "")
            .attribute("emoji 🦆", "{\"json\": [1, null]}")
            .build();
    requireFacts(EntryType.TABLE_SERIES, facts);
  }

  @Test
  default void facts_noneSet_comeBack() {
    requireFacts(EntryType.DATA, ContentFacts.NONE);
  }

  @Test
  default void facts_atTheEdges_comeBack() {
    requireFacts(
        EntryType.TABLE_SERIES,
        ContentFacts.builder()
            .rowCount(0)
            .bounds(Optional.of(new EventBounds(Long.MIN_VALUE, Long.MAX_VALUE)))
            .build());
  }

  @Test
  default void facts_ofDynamicNode_comeBack() {
    requireFacts(
        EntryType.TABLE_DYNAMIC, ContentFacts.builder().factory("timeseries-join").build());
  }

  private void requireFacts(EntryType type, ContentFacts facts) {
    pond()
        .commit((edit, write) ->
            edit.write(
                PondPath.of("/node"),
                type,
                Samples.stage(write, type, Samples.bytes(50, 1)),
                facts));
    NodeId node = entries().getFirst().node();

    assertThat(pond().snapshot().findVersion(node).orElseThrow().facts()).isEqualTo(facts);
    pond().reopen();
    NodeVersion version = pond().snapshot().findVersion(node).orElseThrow();
    assertThat(version.facts()).isEqualTo(facts);
    assertThat(version.type()).isEqualTo(type);
    assertThat(version.createdAt()).isEqualTo(pond().clock().peek());
    assertThat(version.origin()).isEqualTo(pond().identity().id());
    assertThat(version.coversFrom()).isEqualTo(Version.FIRST);
  }

  @Test
  default void names_unicodeAndLong_comeBackInByteOrder() {
    List<String> names =
        List.of(
            "\n",
            " ",
            "'quote\"",
            ".hidden",
            "A",
            "a",
            "a".repeat(255),
            "b%_",
            "é",
            "ü".repeat(127),
            "\uE000",
            "\uFFFD",
            "🦆".repeat(63),
            "\uDBFF\uDFFF");
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, new Random(5));
    pond()
        .commit((edit, write) -> {
          for (String name : shuffled) {
            Samples.write(edit, write, "/" + name, name);
          }
        });
    pond().reopen();

    assertThat(entries()).extracting(entry -> entry.name().text()).containsExactlyElementsOf(names);
    for (String name : names) {
      assertThat(pond().text("/" + name)).isEqualTo(name);
    }
  }

  @Test
  default void entryTypes_allComeBack() {
    List<LogRow> rows = new ArrayList<>();
    for (EntryType type : EntryType.values()) {
      rows.add(new LogRow.EntryPut(entry(type.name(), new NodeId(pond().ids().next()), type)));
    }
    pond().commitRows(rows);
    pond().reopen();

    assertThat(entries()).hasSize(EntryType.values().length);
    assertThat(entries())
        .allSatisfy(entry -> assertThat(entry.type().name()).isEqualTo(entry.name().text()));
  }

  @Test
  default void entry_ofAnotherPond_keepsItsOrigin() {
    PondId other = new PondId(pond().ids().next());
    NodeId node = new NodeId(pond().ids().next());
    DirectoryEntry entry =
        new DirectoryEntry(pond().root(), new EntryName("guest"), node, EntryType.DATA, other);
    NodeVersion version =
        new NodeVersion(
            other,
            node,
            EntryType.DATA,
            Version.FIRST,
            Version.FIRST,
            new TxnSeq(2),
            PondFixture.START,
            StagedContent.EMPTY,
            ContentFacts.NONE);
    pond().commitRows(List.of(new LogRow.EntryPut(entry), new LogRow.VersionWritten(version)));
    pond().reopen();

    assertThat(pond().snapshot().findEntry(pond().root(), entry.name())).contains(entry);
    assertThat(pond().snapshot().findVersion(node)).contains(version);
  }

  @Test
  default void entry_putAgain_isReplaced() {
    NodeId first = new NodeId(pond().ids().next());
    NodeId second = new NodeId(pond().ids().next());
    DirectoryEntry old = entry("x", first, EntryType.DIRECTORY);
    DirectoryEntry now = entry("x", second, EntryType.DIRECTORY);
    pond().commitRows(List.of(new LogRow.EntryPut(old)));
    pond().commitRows(List.of(new LogRow.EntryPut(now)));
    pond().reopen();

    assertThat(entries()).containsExactly(now);
    assertThat(pond().store().at(new TxnSeq(2)).listEntries(pond().root())).containsExactly(old);
  }

  @Test
  default void rows_inAnyOrder_meanTheSame() throws IOException {
    TransactionInfo info = pond().nextInfo();
    try (StoreWrite write = pond().store().begin(info)) {
      NodeId node = new NodeId(pond().ids().next());
      List<LogRow> rows = new ArrayList<>();
      for (int i = 3; i >= 1; i--) {
        StagedContent content = Samples.stage(write, EntryType.DATA_SERIES, Samples.bytes(9, i));
        rows.add(new LogRow.VersionWritten(version(node, i, i, info.seq(), content)));
      }
      rows.add(new LogRow.EntryPut(entry("s", node, EntryType.DATA_SERIES)));
      PondFixture.requireCommitted(write.commit(rows));

      requireVersions(node, "1..1", "2..2", "3..3");
      pond().reopen();
      requireVersions(node, "1..1", "2..2", "3..3");
    }
  }

  @Test
  default void version_thatCoversOthers_standsForThem() throws IOException {
    NodeId node = new NodeId(pond().ids().next());
    pond().commitRows(List.of(new LogRow.EntryPut(entry("s", node, EntryType.DATA_SERIES))));
    writeVersion(node, 1, 1);
    writeVersion(node, 2, 2);
    writeVersion(node, 3, 3);
    writeVersion(node, 4, 4);
    writeVersion(node, 3, 2);
    requireVersions(node, "1..1", "2..3", "4..4");
    writeVersion(node, 1, 1);
    requireVersions(node, "1..1", "2..3", "4..4");
    writeVersion(node, 5, 5);
    writeVersion(node, 4, 1);

    requireCompacted(node);
    pond().reopen();
    requireCompacted(node);
  }

  private void requireCompacted(NodeId node) {
    assertThat(versions(new TxnSeq(6), node)).containsExactly("1..1", "2..2", "3..3", "4..4");
    assertThat(versions(new TxnSeq(7), node)).containsExactly("1..1", "2..3", "4..4");
    requireVersions(node, "1..4", "5..5");
  }

  private void requireVersions(NodeId node, String... expected) {
    TxnSeq latest = pond().snapshot().txnSeq();
    assertThat(versions(latest, node)).containsExactly(expected);
    NodeVersion newest = pond().snapshot().findVersion(node).orElseThrow();
    assertThat(expected[expected.length - 1]).endsWith(".." + newest.version());
  }

  private List<String> versions(TxnSeq seq, NodeId node) {
    return pond().store().at(seq).listVersions(node).stream()
        .map(version -> version.coversFrom() + ".." + version.version())
        .toList();
  }

  private void writeVersion(NodeId node, long number, long coversFrom) throws IOException {
    TransactionInfo info = pond().nextInfo();
    try (StoreWrite write = pond().store().begin(info)) {
      byte[] bytes = Samples.bytes(20, number * 100 + coversFrom);
      StagedContent content = Samples.stage(write, EntryType.DATA_SERIES, bytes);
      PondFixture.requireCommitted(
          write.commit(
              List.of(
                  new LogRow.VersionWritten(
                      version(node, number, coversFrom, info.seq(), content)))));
    }
  }

  private NodeVersion version(
      NodeId node, long number, long coversFrom, TxnSeq seq, StagedContent content) {
    return new NodeVersion(
        pond().identity().id(),
        node,
        EntryType.DATA_SERIES,
        new Version(number),
        new Version(coversFrom),
        seq,
        pond().clock().peek(),
        content,
        ContentFacts.NONE);
  }

  private DirectoryEntry entry(String name, NodeId node, EntryType type) {
    return new DirectoryEntry(
        pond().root(), new EntryName(name), node, type, pond().identity().id());
  }

  private List<DirectoryEntry> entries() {
    return pond().snapshot().listEntries(pond().root());
  }
}
