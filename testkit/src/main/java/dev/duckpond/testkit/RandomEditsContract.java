package dev.duckpond.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Snapshot;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does random edits to a pond and to a {@link NaiveTree}, and compares them after each one, after
 * each commit, and in the end for every past state, before and after the pond is opened again.
 *
 * <p>A failure names its seed; {@code -Dduckpond.seed=N} runs that one sequence alone.
 */
public abstract class RandomEditsContract {
  private static final int TRANSACTIONS = 6;
  private static final int EDITS_PER_TRANSACTION = 12;
  private static final int LOOK_UPS = 10;

  /** Answers what makes the stores under test. */
  protected abstract Backend backend();

  /** Answers how many sequences the short run tries; fewer for a slow backend. */
  protected int sequences() {
    return 300;
  }

  /** Answers how many sequences the run tagged {@code slow} tries. */
  protected int slowSequences() {
    return 10_000;
  }

  @Test
  void randomEdits_meanTheSameAsOnNestedMaps(TestReporter reporter, @TempDir Path directory)
      throws IOException {
    run(0, sequences(), reporter, directory);
  }

  @Test
  @Tag("slow")
  void randomEdits_many_meanTheSameAsOnNestedMaps(TestReporter reporter, @TempDir Path directory)
      throws IOException {
    run(sequences(), slowSequences(), reporter, directory);
  }

  private void run(long firstSeed, int count, TestReporter reporter, Path directory)
      throws IOException {
    Long only = Long.getLong("duckpond.seed");
    long from = only == null ? firstSeed : only;
    long to = only == null ? firstSeed + count : only + 1;
    reporter.publishEntry("seeds", from + " to " + (to - 1));
    for (long seed = from; seed < to; seed++) {
      Path place = Files.createDirectory(directory.resolve("seed-" + seed));
      try (PondFixture pond = new PondFixture(backend(), place)) {
        new Sequence(seed, pond).run();
      }
    }
  }

  /** One sequence of transactions on a pond of its own. */
  private static final class Sequence {
    private final long seed;
    private final RandomGenerator random;
    private final PondFixture pond;
    private final NaiveTree naive = new NaiveTree();
    private final List<Map<String, String>> states = new ArrayList<>();
    private final List<RandomEdit> done = new ArrayList<>();

    Sequence(long seed, PondFixture pond) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.pond = pond;
      states.add(naive.listing());
    }

    void run() throws IOException {
      for (int i = 0; i < TRANSACTIONS; i++) {
        transaction();
      }
      requireStates();
      pond.reopen();
      requireStates();
    }

    private void transaction() throws IOException {
      try (StoreWrite write = pond.store().begin(pond.nextInfo())) {
        TreeEdit edit = pond.edit();
        int edits = 1 + random.nextInt(EDITS_PER_TRANSACTION);
        for (int i = 0; i < edits; i++) {
          edit(edit, write);
        }
        if (!edit.rows().isEmpty()) {
          PondFixture.requireCommitted(write.commit(edit.rows()));
          states.add(naive.listing());
        }
      }
      requireEqual(pond.snapshot(), naive.listing());
      requireLookUps(pond.tree());
    }

    private void edit(TreeEdit edit, StoreWrite write) throws IOException {
      RandomEdit operation = RandomEdit.next(random);
      done.add(operation);
      boolean expected = naive.apply(operation);
      boolean accepted;
      try {
        RandomEdit.apply(operation, edit, write);
        accepted = true;
      } catch (PondException e) {
        accepted = false;
      }
      assertThat(accepted).as(() -> where() + ": accepted").isEqualTo(expected);
      requireEqual(edit.tree().snapshot(), naive.listing());
      requireLookUps(edit.tree());
    }

    private void requireStates() {
      for (int i = 0; i < states.size(); i++) {
        requireEqual(pond.store().at(new TxnSeq(i + 1)), states.get(i));
      }
      for (NodeVersion version : versions(pond.snapshot(), pond.snapshot().root())) {
        assertThat(PondFixture.bytes(pond.snapshot(), version))
            .as(this::where)
            .hasSize((int) version.sizeBytes());
      }
    }

    private void requireLookUps(PondTree tree) {
      for (int i = 0; i < LOOK_UPS; i++) {
        String path = RandomEdit.path(random);
        String real;
        try {
          real = tree.findReal(PondPath.of(path)).map(PondPath::toString).orElse("none");
        } catch (PondException.Invalid e) {
          real = "refused";
        }
        assertThat(real).as(() -> where() + ": real path of " + path).isEqualTo(naive.real(path));
      }
    }

    private void requireEqual(Snapshot snapshot, Map<String, String> expected) {
      Map<String, String> actual = new TreeMap<>();
      list(snapshot, snapshot.root(), "", actual);
      assertThat(actual).as(this::where).isEqualTo(expected);
    }

    private String where() {
      return "seed " + seed + " after " + done;
    }

    private static List<NodeVersion> versions(Snapshot snapshot, DirectoryEntry directory) {
      List<NodeVersion> out = new ArrayList<>();
      for (DirectoryEntry entry : snapshot.listEntries(directory.node())) {
        out.addAll(snapshot.listVersions(entry.node()));
        out.addAll(versions(snapshot, entry));
      }
      return out;
    }

    private static void list(
        Snapshot snapshot, DirectoryEntry directory, String path, Map<String, String> out) {
      for (DirectoryEntry entry : snapshot.listEntries(directory.node())) {
        String child = path + "/" + entry.name();
        out.put(child, describe(snapshot, entry));
        list(snapshot, entry, child, out);
      }
    }

    private static String describe(Snapshot snapshot, DirectoryEntry entry) {
      List<NodeVersion> versions = snapshot.listVersions(entry.node());
      return switch (entry.type()) {
        case DIRECTORY -> "directory";
        case SYMLINK ->
            "symlink " + versions.getLast().facts().attributes().get(PondTree.LINK_TARGET);
        case DATA,
            DATA_SERIES,
            DATA_DYNAMIC,
            TABLE,
            TABLE_SERIES,
            TABLE_DYNAMIC,
            DYNAMIC_DIRECTORY ->
            entry.type().text()
                + " "
                + versions.stream().map(v -> v.hash().hex().substring(0, 8)).toList();
      };
    }
  }
}
