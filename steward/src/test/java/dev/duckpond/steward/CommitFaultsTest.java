package dev.duckpond.steward;

import static dev.duckpond.steward.StewardFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.oplog.PondLayout;
import dev.duckpond.testkit.FaultKind;
import dev.duckpond.testkit.Faults;
import dev.duckpond.testkit.FaultyFileSystem;
import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets every single file operation of a write go wrong, one after the other: what is acknowledged
 * is there, what is refused is not, and whatever comes next works.
 */
@Tag("slow")
final class CommitFaultsTest {
  /** More operations than a write has; the test ends at the first number that strikes none. */
  private static final int MOST_OPERATIONS = 1_000;

  /** Fewer than a write has: were it so, the test would not see what it is here for. */
  private static final int FEWEST_OPERATIONS = 25;

  /** How a message begins that says neither yes nor no. */
  private static final String UNKNOWN = "it is not known whether";

  private static final byte[] SMALL = Samples.bytes(1_000, 1);
  private static final byte[] LARGE = Samples.bytes(100_000, 2);

  @TempDir Path directory;
  private Path start;

  @BeforeEach
  void makePond() {
    start = directory.resolve("start");
    try (StewardFixture pond = StewardFixture.create(start)) {
      pond.makeDirectory("/before");
    }
  }

  /**
   * How a write ended, as its caller sees it.
   *
   * @param refusal what it was told; empty when it was told of success, or nothing any more
   */
  private record Ending(
      boolean isAcknowledged, boolean isStopped, Optional<PondException> refusal) {}

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void write_anyOperationGoesWrong_isWholeOrNotAtAll(FaultKind kind) throws IOException {
    for (int number = 1; number < MOST_OPERATIONS; number++) {
      Path root = copy(directory.resolve(kind + "-" + number));
      Faults faults = new Faults(kind, number);
      Ending ending = write(root, faults);
      String what = kind + " " + faults.struck();
      boolean isThere = check(root, ending, what);
      if (faults.struck().isEmpty()) {
        assertThat(ending).isEqualTo(new Ending(true, false, Optional.empty()));
        assertThat(isThere).isTrue();
        assertThat(number).isGreaterThan(FEWEST_OPERATIONS);
        System.out.printf("CommitFaultsTest %s: %d operations%n", kind, number - 1);
        return;
      }
    }
    throw new AssertionError("the write never ended well");
  }

  private static Ending write(Path root, Faults faults) throws IOException {
    boolean isAcknowledged = false;
    try (FaultyFileSystem files = new FaultyFileSystem(faults);
        StewardFixture pond = StewardFixture.open(files.path(root))) {
      faults.arm();
      pond.steward().write(request("copy", "x", "/d"), CommitFaultsTest::work);
      isAcknowledged = true;
    } catch (PondException e) {
      return new Ending(isAcknowledged, false, Optional.of(e));
    } catch (Faults.Stopped e) {
      return new Ending(isAcknowledged, true, Optional.empty());
    }
    return new Ending(isAcknowledged, false, Optional.empty());
  }

  @Test
  void write_afterOneErrorInTheSameProcess_works() throws IOException {
    for (int number = 1; number < MOST_OPERATIONS; number++) {
      Path root = copy(directory.resolve("again-" + number));
      Faults faults = new Faults(FaultKind.ONE_ERROR, number);
      boolean isWhole = false;
      try (FaultyFileSystem files = new FaultyFileSystem(faults);
          StewardFixture pond = StewardFixture.open(files.path(root))) {
        faults.arm();
        try {
          pond.steward().write(request("copy", "x", "/d"), CommitFaultsTest::work);
          isWhole = true;
        } catch (PondException e) {
          isWhole = e.problem().startsWith(UNKNOWN);
        }
        faults.disarm();
        pond.makeDirectory("/again");
        assertThat(pond.names()).as(faults.struck()).contains("/before", "/again");
      }
      try (StewardFixture pond = StewardFixture.open(root)) {
        assertThat(pond.names())
            .as(faults.struck())
            .containsExactlyElementsOf(
                isWhole ? List.of("/again", "/before", "/d") : List.of("/again", "/before"));
        pond.steward().recover(request("recover"));
        assertThat(committedIn(pond.audit()))
            .as(faults.struck())
            .containsExactlyInAnyOrderElementsOf(numbersTo(isWhole ? 4 : 3));
      }
      if (faults.struck().isEmpty()) {
        assertThat(number).isGreaterThan(FEWEST_OPERATIONS);
        return;
      }
    }
    throw new AssertionError("the write never ended well");
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void create_anyOperationGoesWrong_makesNoPondOrAWholeOne(FaultKind kind) throws IOException {
    for (int number = 1; number < MOST_OPERATIONS; number++) {
      Path root = directory.resolve(kind + "-" + number);
      Faults faults = new Faults(kind, number);
      boolean isAcknowledged = create(root, faults);
      String what = kind + " " + faults.struck();
      boolean isPond = new PondLayout(root).isPond();
      if (isAcknowledged) {
        assertThat(isPond).as(what).isTrue();
      }
      try (StewardFixture pond = isPond ? StewardFixture.open(root) : StewardFixture.create(root)) {
        assertThat(pond.names()).as(what).isEmpty();
        assertThat(pond.makeDirectory("/next").info().seq()).as(what).isEqualTo(new TxnSeq(2));
        pond.steward().recover(request("recover"));
        assertThat(committedIn(pond.audit())).as(what).containsExactlyInAnyOrder("1", "2");
      }
      if (faults.struck().isEmpty()) {
        assertThat(isAcknowledged).isTrue();
        assertThat(number).isGreaterThan(FEWEST_OPERATIONS);
        return;
      }
    }
    throw new AssertionError("the pond was never made");
  }

  private static boolean create(Path root, Faults faults) throws IOException {
    boolean isAcknowledged = false;
    faults.arm();
    try (FaultyFileSystem files = new FaultyFileSystem(faults);
        StewardFixture pond = StewardFixture.create(files.path(root))) {
      isAcknowledged = pond.last().equals(new TxnSeq(1));
    } catch (PondException | Faults.Stopped e) {
      return isAcknowledged;
    }
    return isAcknowledged;
  }

  private static String work(WriteTransaction transaction) throws IOException {
    transaction.edit().makeDirectory(PondPath.of("/d"));
    StewardFixture.writeFile(transaction, "/d/small", SMALL);
    StewardFixture.writeFile(transaction, "/d/large", LARGE);
    return "done";
  }

  /** Looks at the pond as the next process does; answers whether the transaction is there. */
  private static boolean check(Path root, Ending ending, String what) throws IOException {
    boolean isThere;
    try (StewardFixture pond = StewardFixture.open(root)) {
      isThere = pond.names().contains("/d");
      requireEnding(ending, isThere, what);
      if (isThere) {
        assertThat(pond.bytes("/d/small")).as(what).isEqualTo(SMALL);
        assertThat(pond.bytes("/d/large")).as(what).isEqualTo(LARGE);
      }
      int next = isThere ? 4 : 3;
      assertThat(pond.last()).as(what).isEqualTo(new TxnSeq(next - 1L));

      assertThat(pond.makeDirectory("/next").info().seq()).as(what).isEqualTo(new TxnSeq(next));
      assertThat(pond.lockText()).as(what).isEmpty();
      pond.steward().recover(request("recover"));
      assertThat(pond.steward().recover(request("recover")).foundAnything()).as(what).isFalse();
      assertThat(committedIn(pond.audit()))
          .as(what)
          .containsExactlyInAnyOrderElementsOf(numbersTo(next));
    }
    try (Stream<Path> runs = Files.list(root.resolve("tmp"))) {
      assertThat(runs.map(run -> String.valueOf(run.getFileName())))
          .as(what)
          .noneMatch(name -> name.startsWith("pid-"));
    }
    return isThere;
  }

  private static void requireEnding(Ending ending, boolean isThere, String what) {
    if (ending.isAcknowledged()) {
      assertThat(isThere).as("%s: acknowledged", what).isTrue();
    }
    ending
        .refusal()
        .ifPresent(refusal -> {
          if (refusal.problem().startsWith(UNKNOWN)) {
            return;
          }
          assertThat(isThere).as("%s: refused with %s", what, refusal.getMessage()).isFalse();
          if (what.startsWith(FaultKind.DISK_FULL.name())) {
            assertThat(refusal).as(what).isInstanceOf(PondException.NoSpace.class);
          }
        });
  }

  private static List<String> numbersTo(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
  }

  private static List<String> committedIn(List<String> audit) {
    return audit.stream()
        .filter(row -> !row.startsWith("-"))
        .map(row -> row.substring(0, row.indexOf(' ')))
        .toList();
  }

  private Path copy(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(start)) {
      for (Path path : all.toList()) {
        Path to = target.resolve(start.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
      }
    }
    return target;
  }
}
