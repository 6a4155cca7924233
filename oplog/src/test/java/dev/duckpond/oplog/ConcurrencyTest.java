package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.testkit.PondPicture;
import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.TxnSeq;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConcurrencyTest {
  private static final int COMMITS = 60;
  private static final int CONTENTS = 24;

  @TempDir Path directory;

  @Test
  void latest_whileOthersCommit_neverGoesBackAndHoldsWholeTransactions() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory);
        OplogStore other = OplogStore.open(new PondLayout(directory), pond.clock());
        ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<TxnSeq>> readers = new ArrayList<>();
      for (OplogStore store : List.of((OplogStore) pond.store(), other)) {
        readers.add(pool.submit(() -> follow(store, isOver)));
      }
      for (int i = 0; i < COMMITS; i++) {
        String name = "/d" + i;
        pond.commit((edit, write) -> {
          edit.makeDirectory(PondPath.of(name));
          Samples.write(edit, write, name + "/f", name);
        });
      }
      isOver.set(true);
      for (Future<TxnSeq> reader : readers) {
        assertThat(reader.get().number()).isPositive();
      }
      assertThat(PondPicture.of(other.latest())).isEqualTo(PondPicture.of(pond.snapshot()));
      assertThat(new IndexJournal(new PondLayout(directory).indexJournal()).read().orElseThrow())
          .extracting(content -> content.transactions().size())
          .isEqualTo(COMMITS + 1);
    }
  }

  private static TxnSeq follow(OplogStore store, AtomicBoolean isOver) {
    TxnSeq last = new TxnSeq(1);
    while (!isOver.get()) {
      Snapshot snapshot = store.latest();
      assertThat(snapshot.txnSeq()).isGreaterThanOrEqualTo(last);
      last = snapshot.txnSeq();
      assertThat(snapshot.listEntries(snapshot.root().node()))
          .hasSize((int) last.number() - 1)
          .allMatch(entry -> snapshot.listEntries(entry.node()).size() == 1);
    }
    return last;
  }

  @Test
  void stage_fromSeveralThreads_keepsEveryContent() throws Exception {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory);
        StoreWrite write = pond.store().begin(pond.nextInfo());
        ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<?>> staged = new ArrayList<>();
      for (int i = 0; i < CONTENTS; i++) {
        byte[] content = content(i);
        staged.add(pool.submit(() -> Samples.stage(write, EntryType.DATA, content)));
      }
      for (Future<?> each : staged) {
        assertThat(each.get()).isNotNull();
      }
      TreeEdit edit = pond.edit();
      for (int i = 0; i < CONTENTS; i++) {
        Samples.write(edit, write, "/f" + i, EntryType.DATA, content(i));
      }
      PondFixture.requireCommitted(write.commit(edit.rows()));
      pond.reopen();
      for (int i = 0; i < CONTENTS; i++) {
        var version = pond.tree().require(PondPath.of("/f" + i)).findVersion().orElseThrow();
        assertThat(PondFixture.bytes(pond.snapshot(), version)).isEqualTo(content(i));
      }
    }
  }

  private static byte[] content(int number) {
    return Samples.bytes(number % 2 == 0 ? 40_000 : 90_000, number);
  }
}
