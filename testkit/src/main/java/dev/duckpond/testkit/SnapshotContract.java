package dev.duckpond.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeAttributes;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What snapshots promise: each past state, for ever the same. */
interface SnapshotContract {
  PondFixture pond();

  @Test
  default void snapshot_whileLaterCommitsHappen_neverChanges() {
    Samples.harbour(pond());
    Snapshot snapshot = pond().snapshot();
    PondPicture before = PondPicture.of(snapshot);

    pond()
        .commit((edit, write) -> {
          edit.removeTree(PondPath.of("/sites"));
          edit.move(PondPath.of("/readme.txt"), PondPath.of("/read.txt"));
          Samples.write(edit, write, "/.notes", "other");
        });
    pond().commit((edit, write) -> Samples.write(edit, write, "/readme.txt", "a new node"));

    assertThat(PondPicture.of(snapshot)).isEqualTo(before);
    assertThat(PondPicture.of(pond().store().at(new TxnSeq(2)))).isEqualTo(before);
    assertThat(PondPicture.of(pond().snapshot())).isNotEqualTo(before);
  }

  @Test
  default void at_eachNumber_isTheStateThen() {
    List<PondPicture> pictures = new ArrayList<>();
    pictures.add(PondPicture.of(pond().snapshot()));
    for (int i = 0; i < 50; i++) {
      String path = "/f" + i % 7;
      String text = "text " + i;
      pond()
          .commit((edit, write) -> {
            if (edit.tree().find(PondPath.of(path)).isPresent() && text.endsWith("3")) {
              edit.remove(PondPath.of(path));
            } else {
              Samples.write(edit, write, path, text);
            }
          });
      pictures.add(PondPicture.of(pond().snapshot()));
    }
    requireStates(pictures);
    pond().reopen();
    requireStates(pictures);
  }

  private void requireStates(List<PondPicture> pictures) {
    for (int i = 0; i < pictures.size(); i++) {
      assertThat(PondPicture.of(pond().store().at(new TxnSeq(i + 1)))).isEqualTo(pictures.get(i));
    }
    assertThat(PondPicture.of(pond().snapshot())).isEqualTo(pictures.getLast());
  }

  @Test
  default void at_instant_isTheLastTransactionAtOrBeforeIt() {
    CommittedTransaction second = pond().makeDirectory("/a");
    pond().clock().advance(Duration.ofHours(1));
    CommittedTransaction third = pond().makeDirectory("/b");

    assertThat(seqAt(PondFixture.START)).isEqualTo(1);
    assertThat(seqAt(second.committedAt().minusNanos(1_000))).isEqualTo(1);
    assertThat(seqAt(second.committedAt())).isEqualTo(2);
    assertThat(seqAt(third.committedAt().minusNanos(1_000))).isEqualTo(2);
    assertThat(seqAt(third.committedAt())).isEqualTo(3);
    assertThat(seqAt(third.committedAt().plus(Duration.ofDays(400)))).isEqualTo(3);
  }

  private long seqAt(Instant time) {
    return pond().store().at(time).txnSeq().number();
  }

  @Test
  default void at_instantBeforeThePond_isNotFound() {
    assertThatThrownBy(() -> pond().store().at(PondFixture.START.minusNanos(1_000)))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage(
            "there is nothing as of 2026-03-01T12:00:00.123455Z: the pond is younger."
                + " Run 'pond log' to see its transactions.");
  }

  @Test
  default void at_unknownNumber_isNotFound() {
    pond().makeDirectory("/a");

    assertThatThrownBy(() -> pond().store().at(new TxnSeq(99)))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage(
            "there is no transaction 99: the pond holds transactions 1 to 2."
                + " Run 'pond log' to see them.");
    assertThatThrownBy(() -> pond().store().at(TxnSeq.NONE))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessageStartingWith("there is no transaction 0");
  }

  @Test
  default void entries_areFoundAndListedByName() {
    Samples.harbour(pond());
    Snapshot snapshot = pond().snapshot();
    NodeId root = snapshot.root().node();

    assertThat(snapshot.listEntries(root))
        .extracting(entry -> entry.name().text())
        .containsExactly(".notes", "latest", "readme.txt", "sites", "stations.table");
    for (DirectoryEntry entry : snapshot.listEntries(root)) {
      assertThat(snapshot.findEntry(root, entry.name())).contains(entry);
      assertThat(entry.parent()).isEqualTo(root);
      assertThat(entry.origin()).isEqualTo(pond().identity().id());
    }
    assertThat(snapshot.findEntry(root, new EntryName("other"))).isEmpty();
    NodeId unknown = new NodeId(pond().ids().next());
    assertThat(snapshot.listEntries(unknown)).isEmpty();
    assertThat(snapshot.findEntry(unknown, new EntryName("sites"))).isEmpty();
    assertThat(snapshot.findVersion(unknown)).isEmpty();
    assertThat(snapshot.listVersions(unknown)).isEmpty();
  }

  @Test
  default void versions_areOldestFirstWithTheirTransaction() {
    for (int i = 1; i <= 3; i++) {
      pond()
          .commit((edit, write) ->
              Samples.write(
                  edit,
                  write,
                  "/s",
                  EntryType.TABLE_SERIES,
                  Samples.bytes(10, edit.rows().size())));
    }
    Snapshot snapshot = pond().snapshot();
    NodeId node = node("/s");

    assertThat(snapshot.listVersions(node))
        .extracting(version -> version.version().number())
        .containsExactly(1L, 2L, 3L);
    assertThat(snapshot.listVersions(node))
        .extracting(version -> version.txnSeq().number())
        .containsExactly(2L, 3L, 4L);
    assertThat(snapshot.findVersion(node).orElseThrow().version()).isEqualTo(new Version(3));
    assertThat(pond().store().at(new TxnSeq(3)).listVersions(node)).hasSize(2);
    assertThat(pond().store().at(new TxnSeq(3)).findVersion(node).orElseThrow().version())
        .isEqualTo(new Version(2));
  }

  @Test
  default void versions_severalInOneTransaction_areAllKept() {
    pond()
        .commit((edit, write) -> {
          for (int i = 0; i < 5; i++) {
            Samples.write(edit, write, "/s", EntryType.TABLE_SERIES, Samples.bytes(10, i));
          }
        });

    assertThat(pond().snapshot().listVersions(node("/s")))
        .extracting(version -> version.version().number())
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(pond().snapshot().findVersion(node("/s")).orElseThrow().version())
        .isEqualTo(new Version(5));
  }

  @Test
  default void attributes_belongToTheNode_untilReplaced() {
    Samples.harbour(pond());
    NodeId node = node("/readme.txt");
    TxnSeq before = pond().snapshot().txnSeq();
    assertThat(pond().snapshot().findAttributes(node)).isEmpty();

    PondPath path = PondPath.of("/readme.txt");
    pond()
        .commit((edit, write) -> {
          edit.setAttributes(path, Map.of("note", "é", "a", "1"));
          assertThat(edit.tree().snapshot().findAttributes(node).orElseThrow().values())
              .containsOnlyKeys("a", "note");
        });
    pond()
        .commit((edit, write) -> {
          Samples.write(edit, write, "/readme.txt", EntryType.DATA, Samples.bytes(10, 7));
          edit.move(path, PondPath.of("/read.txt"));
        });
    NodeAttributes there = pond().snapshot().findAttributes(node).orElseThrow();
    assertThat(there.values()).isEqualTo(Map.of("a", "1", "note", "é"));
    assertThat(there.type()).isEqualTo(EntryType.DATA);
    assertThat(there.txnSeq()).isEqualTo(before.next());
    assertThat(pond().store().at(before).findAttributes(node)).isEmpty();

    PondPath moved = PondPath.of("/read.txt");
    pond().commit((edit, write) -> edit.setAttributes(moved, Map.of()));
    assertThat(pond().snapshot().findAttributes(node).orElseThrow().values()).isEmpty();
    pond()
        .commit((edit, write) -> {
          edit.setAttributes(moved, Map.of());
          assertThat(edit.rows()).isEmpty();
          edit.makeDirectory(PondPath.of("/d"));
        });
    assertThat(pond().store().at(before.next()).findAttributes(node).orElseThrow().values())
        .hasSize(2);
  }

  @Test
  default void move_keepsNodeAndVersions() {
    Samples.harbour(pond());
    NodeId node = node("/readme.txt");

    pond()
        .commit((edit, write) ->
            edit.move(PondPath.of("/readme.txt"), PondPath.of("/sites/north/about.txt")));

    assertThat(node("/sites/north/about.txt")).isEqualTo(node);
    assertThat(pond().text("/sites/north/about.txt")).isEqualTo("/readme.txt");
    assertThat(pond().tree().find(PondPath.of("/readme.txt"))).isEmpty();
    assertThat(pond().tree(new TxnSeq(2)).find(PondPath.of("/readme.txt"))).isPresent();
  }

  @Test
  default void remove_takesEntryAndKeepsHistory() {
    Samples.harbour(pond());
    NodeId node = node("/readme.txt");

    pond().commit((edit, write) -> edit.remove(PondPath.of("/readme.txt")));
    pond().commit((edit, write) -> Samples.write(edit, write, "/readme.txt", "again"));

    assertThat(node("/readme.txt")).isNotEqualTo(node);
    assertThat(pond().tree(new TxnSeq(3)).find(PondPath.of("/readme.txt"))).isEmpty();
    assertThat(pond().snapshot().listVersions(node)).hasSize(1);
    assertThat(
            new String(
                PondFixture.bytes(
                    pond().snapshot(), pond().snapshot().findVersion(node).orElseThrow()),
                StandardCharsets.UTF_8))
        .isEqualTo("/readme.txt");
  }

  @Test
  default void transactions_areListedOldestFirstWithWhoAndWhen() {
    List<String> args =
        List.of("pond", "copy", "host:///tmp/a b.csv", "--note", "ünï \"quoted\"\n\t\\", "");
    TransactionInfo info =
        new TransactionInfo(
            new TxnSeq(2),
            new TxnId(pond().ids().next()),
            args,
            "Grace Höpper",
            "buoy-7.example",
            PondFixture.START.minusSeconds(5));
    Instant committedAt = PondFixture.START.plusSeconds(60);
    try (StoreWrite write = pond().store().begin(info)) {
      TreeEdit edit = pond().edit();
      edit.makeDirectory(PondPath.of("/d"));
      pond().clock().set(committedAt);
      PondFixture.requireCommitted(write.commit(edit.rows()));
    }
    pond().makeDirectory("/e");

    requireTransactions(info, committedAt);
    pond().reopen();
    requireTransactions(info, committedAt);
  }

  private void requireTransactions(TransactionInfo info, Instant committedAt) {
    List<CommittedTransaction> all = pond().snapshot().listTransactions();
    assertThat(all)
        .extracting(transaction -> transaction.info().seq().number())
        .containsExactly(1L, 2L, 3L);
    assertThat(all.getFirst().info()).isEqualTo(pond().first());
    assertThat(all.get(1).info()).isEqualTo(info);
    assertThat(all.get(1).committedAt()).isEqualTo(committedAt);
    assertThat(all.get(1).rows()).hasSize(1);
    assertThat(pond().store().at(new TxnSeq(2)).listTransactions()).isEqualTo(all.subList(0, 2));
  }

  @Test
  default void commit_ofManyRows_isOneTransaction() {
    int files = 2_000;
    Map<String, String> expected = new TreeMap<>();
    CommittedTransaction transaction =
        pond()
            .commit((edit, write) -> {
              edit.makeDirectory(PondPath.of("/many"));
              for (int i = 0; i < files; i++) {
                Samples.write(edit, write, "/many/f" + i, "content " + i);
                expected.put("f" + i, "content " + i);
              }
            });

    assertThat(transaction.rows()).hasSize(1 + 2 * files);
    pond().reopen();
    assertThat(pond().snapshot().listEntries(node("/many")))
        .extracting(entry -> entry.name().text())
        .containsExactlyElementsOf(expected.keySet());
    for (int i = 0; i < files; i += 99) {
      assertThat(pond().text("/many/f" + i)).isEqualTo("content " + i);
    }
  }

  @Test
  default void snapshots_readByThreadsWhileCommitsHappen_areWhole() throws Exception {
    int commits = 20;
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> readUntil(done)));
      }
      try {
        for (int i = 1; i <= commits; i++) {
          String text = "text " + i;
          pond()
              .commit((edit, write) -> {
                Samples.write(edit, write, "/left", text);
                Samples.write(edit, write, "/right", text);
              });
        }
      } finally {
        done.set(true);
      }
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
    assertThat(pond().snapshot().txnSeq()).isEqualTo(new TxnSeq(commits + 1));
  }

  /** Reads snapshots, each of which holds both files of a transaction, or none. */
  private int readUntil(AtomicBoolean done) {
    TxnSeq last = TxnSeq.NONE;
    int looks = 0;
    boolean more = true;
    while (more) {
      more = !done.get();
      Snapshot snapshot = pond().snapshot();
      assertThat(snapshot.txnSeq()).isGreaterThanOrEqualTo(last);
      last = snapshot.txnSeq();
      List<String> texts =
          snapshot.listEntries(snapshot.root().node()).stream()
              .map(entry -> snapshot.findVersion(entry.node()).orElseThrow())
              .map(version ->
                  new String(PondFixture.bytes(snapshot, version), StandardCharsets.UTF_8))
              .toList();
      String expected = "text " + (last.number() - 1);
      assertThat(texts).isEqualTo(last.number() == 1 ? List.of() : List.of(expected, expected));
      looks++;
    }
    return looks;
  }

  @Test
  default void reopen_answersTheSame() {
    Samples.harbour(pond());
    pond().commit((edit, write) -> edit.move(PondPath.of("/sites"), PondPath.of("/stations")));
    PondPicture before = PondPicture.of(pond().snapshot());

    pond().reopen();

    assertThat(PondPicture.of(pond().snapshot())).isEqualTo(before);
    assertThat(pond().store().identity()).isEqualTo(pond().identity());
    assertThat(pond().makeDirectory("/d").info().seq()).isEqualTo(new TxnSeq(4));
  }

  private NodeId node(String path) {
    Node node = pond().tree().findUnfollowed(PondPath.of(path)).orElseThrow();
    return node.findEntry().orElseThrow().node();
  }
}
