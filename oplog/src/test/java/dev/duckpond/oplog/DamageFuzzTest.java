package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.testkit.PondPicture;
import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One damage at a time, anywhere in a small pond without its cache: every answer is as before, or
 * none is given and a file is named. {@link DamageTest} looks at each kind of damage by itself.
 */
@Tag("slow")
final class DamageFuzzTest {
  private static final int FLIPS_PER_FILE = 14;
  private static final int CUTS_PER_FILE = 4;

  @TempDir Path directory;

  /** All that a pond answers. */
  private record Answers(PondPicture picture, List<Integer> files) {}

  @Test
  void oneBitFlippedOrOneFileCut_neverGivesAnotherAnswer() throws IOException {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    PondLayout layout = new PondLayout(directory);
    makePond(layout);
    Answers good = answers(layout);
    List<Path> files = new ArrayList<>();
    for (Path table : List.of(layout.data(), layout.blobs())) {
      try (var all = Files.walk(table)) {
        files.addAll(all.filter(Files::isRegularFile).sorted().toList());
      }
    }
    assertThat(files).hasSize(13);
    int refused = 0;
    int cases = 0;
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < FLIPS_PER_FILE + CUTS_PER_FILE; i++) {
        String what;
        if (i < FLIPS_PER_FILE) {
          int at = random.nextInt(whole.length);
          int bit = random.nextInt(Byte.SIZE);
          byte[] damaged = whole.clone();
          damaged[at] ^= (byte) (1 << bit);
          Files.write(file, damaged);
          what = file + ", bit " + bit + " of byte " + at + " flipped, seed " + seed;
        } else {
          int length = i == FLIPS_PER_FILE ? 0 : cut(whole, random);
          Files.write(file, Arrays.copyOf(whole, length));
          what = file + " cut to " + length + " bytes, seed " + seed;
        }
        cases++;
        refused += isRefused(layout, good, file, what) ? 1 : 0;
        Files.write(file, whole);
      }
    }
    assertThat(answers(layout)).isEqualTo(good);
    // Most damage is in bytes that matter.
    assertThat(refused).isGreaterThan(cases / 2);
  }

  /** Answers a length to cut to: the end of a line half of the time, where there are lines. */
  private static int cut(byte[] whole, SplittableRandom random) {
    List<Integer> lineEnds = new ArrayList<>();
    for (int at = 0; at < whole.length - 1; at++) {
      if (whole[at] == '\n') {
        lineEnds.add(at + 1);
      }
    }
    return lineEnds.isEmpty() || random.nextBoolean()
        ? random.nextInt(whole.length)
        : lineEnds.get(random.nextInt(lineEnds.size()));
  }

  private static boolean isRefused(PondLayout layout, Answers good, Path file, String what) {
    try {
      assertThat(answers(layout)).as(what).isEqualTo(good);
      return false;
    } catch (PondException.Corrupt e) {
      assertThat(e.getMessage())
          .as(what)
          .containsAnyOf(String.valueOf(file.getFileName()), layout.deltaLog() + " is damaged");
      return true;
    } catch (IOException | RuntimeException e) {
      return fail(what, e);
    }
  }

  private static Answers answers(PondLayout layout) throws IOException {
    RunDirectory.deleteTree(layout.cache());
    try (OplogStore store = OplogStore.open(layout, () -> PondFixture.START)) {
      Snapshot snapshot = store.latest();
      List<NodeVersion> versions =
          snapshot.listTransactions().stream()
              .flatMap(transaction -> transaction.rows().stream())
              .map(
                  row -> row instanceof LogRow.VersionWritten(NodeVersion version) ? version : null)
              .filter(Objects::nonNull)
              .filter(version -> version.sizeBytes() > 0)
              .toList();
      List<Integer> files = new ArrayList<>();
      for (Path file : snapshot.contents().files(versions)) {
        files.add(Arrays.hashCode(Files.readAllBytes(file)));
      }
      return new Answers(PondPicture.of(snapshot), files);
    }
  }

  private void makePond(PondLayout layout) throws IOException {
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      Samples.harbour(pond);
      pond.commit((edit, write) -> {
        Samples.write(edit, write, "/big", EntryType.DATA, Samples.bytes(90_000, 3));
        Samples.write(edit, write, "/big.table", EntryType.TABLE, Samples.bytes(70_000, 4));
      });
      try (LogEngine engine = new LogEngine(layout)) {
        engine.operations().checkpoint();
      }
      pond.makeDirectory("/more");
      pond.commit((edit, write) -> Samples.write(edit, write, "/small", "a small content"));
    }
    // What the checkpoint stands for cannot be found out any more from the commits.
    Files.delete(DeltaNames.commit(layout.deltaLog(), 0));
  }
}
