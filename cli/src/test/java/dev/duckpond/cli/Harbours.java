package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pond in {@code home/pond} that processes write to while a test looks at it from here.
 *
 * <p>Whatever is looked at is opened anew each time, as another command would.
 */
final class Harbours {
  private static final int SMALL_FILES = 24;
  private static final int LARGE_FILES = 4;
  private static final int SERIES = 4;
  private static final int LARGE_BYTES = 400_000;

  private final Path home;
  private final CliFixture cli;

  private Harbours(Path home) {
    this.home = home;
    this.cli = CliFixture.in(home).withVariable("POND", home.resolve("pond").toString());
  }

  /** Makes an empty pond. */
  static Harbours create(Path home) throws IOException {
    Harbours made = new Harbours(home.toRealPath());
    made.require("init");
    return made;
  }

  Path home() {
    return home;
  }

  PondLayout layout() {
    return new PondLayout(home.resolve("pond"));
  }

  /** Runs a command in this process. */
  CliResult run(String... words) {
    return cli.run(words);
  }

  /** Runs a command in this process, which must succeed without a word of trouble. */
  String require(String... words) {
    CliResult result = run(words);
    assertThat(result.status()).as("%s: %s", List.of(words), result.err()).isZero();
    assertThat(result.err()).as("%s", List.of(words)).doesNotContain("pond:");
    return result.out();
  }

  /**
   * Makes a directory of files for {@code copy}: small ones, ones that become blobs, and series.
   * Answers the hash of each by its name.
   */
  Map<String, ContentHash> makeInput(Path directory, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Files.createDirectories(directory);
    for (int i = 0; i < SMALL_FILES; i++) {
      Files.write(directory.resolve("small-" + i), bytes(random, 1 + random.nextInt(2_000)));
    }
    for (int i = 0; i < LARGE_FILES; i++) {
      Files.write(directory.resolve("large-" + i), bytes(random, LARGE_BYTES));
    }
    for (int i = 0; i < SERIES; i++) {
      makeSeries(directory.resolve("s" + i + ".parquet"), 1_000 * (i + 1), i);
    }
    Map<String, ContentHash> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        hashes.put(file.getFileName().toString(), ContentHash.of(Files.readAllBytes(file)));
      }
    }
    return hashes;
  }

  /** Makes a series of a row an hour from 2023 on, as Parquet. */
  void makeSeries(Path file, int rows, int number) throws IOException {
    String query =
        "SELECT TIMESTAMP '2023-01-01 00:00:00' + to_hours(CAST(i AS INTEGER)) AS timestamp,"
            + " i * 0.5 AS level, "
            + number
            + " AS number FROM range("
            + rows
            + ") AS r(i)";
    CliResult result = run("sql", query, "--format", "parquet");
    assertThat(result.status()).as(result.err()).isZero();
    Files.write(file, result.outBytes());
  }

  private static byte[] bytes(SplittableRandom random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Reads every file below the root whole, and answers its hash by its path. */
  Map<String, ContentHash> contents() throws IOException {
    Map<String, ContentHash> hashes = new TreeMap<>();
    try (OplogStore store = OplogStore.open(layout(), InstantSource.system())) {
      PondTree tree = new PondTree(store.latest(), FactoryRegistry.EMPTY);
      for (PathMatch match : tree.match(PathPattern.parse("/**/*"), Visibility.ALL)) {
        if (match.node().findVersion().isPresent()) {
          NodeVersion version = match.node().findVersion().get();
          try (InputStream in = tree.snapshot().contents().open(version)) {
            hashes.put(match.path().toString(), ContentHash.of(in.readAllBytes()));
          }
        }
      }
    }
    return hashes;
  }

  /** Lists the paths of all nodes but the root. */
  Set<String> paths() {
    Set<String> paths = new HashSet<>();
    try (OplogStore store = OplogStore.open(layout(), InstantSource.system())) {
      PondTree tree = new PondTree(store.latest(), FactoryRegistry.EMPTY);
      for (PathMatch match : tree.match(PathPattern.parse("/**/*"), Visibility.ALL)) {
        if (!match.path().isRoot()) {
          paths.add(match.path().toString());
        }
      }
    }
    return paths;
  }

  /** Counts the transactions and checks that their numbers are 1, 2, 3 and so on, ids distinct. */
  int requireLinearHistory() {
    try (OplogStore store = OplogStore.open(layout(), InstantSource.system())) {
      var transactions = store.latest().listTransactions();
      for (int i = 0; i < transactions.size(); i++) {
        assertThat(transactions.get(i).info().seq().number()).isEqualTo(i + 1L);
      }
      assertThat(transactions).extracting(each -> each.info().id()).doesNotHaveDuplicates();
      return transactions.size();
    }
  }

  /** Tells whether a writer is at work, or was when it was killed: the lock file names it. */
  boolean isWriterNamed() throws IOException {
    Path lock = layout().lockFile();
    return Files.exists(lock) && Files.size(lock) > 0;
  }

  /** Makes a file of zeros that takes no room on the disk. */
  Path makeSparseFile(String name, long sizeBytes) throws IOException {
    Path file = home.resolve(name);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), sizeBytes - 1);
    }
    return file;
  }

  /** Lists the command lines of all transactions but the first, in order. */
  List<String> commands() {
    try (OplogStore store = OplogStore.open(layout(), InstantSource.system())) {
      return store.latest().listTransactions().stream()
          .skip(1)
          .map(each -> String.join(" ", each.info().args()))
          .toList();
    }
  }

  /** Lists how attempts to write ended that are in the audit, newest first. */
  List<ControlRow> audit() {
    try (OplogStore store = OplogStore.open(layout(), InstantSource.system())) {
      return store.controlLog().list();
    }
  }

  /** Lists the directories for temporary files that are there. */
  List<String> runDirectories() throws IOException {
    try (Stream<Path> runs = Files.list(layout().tmp())) {
      return runs.map(run -> run.getFileName().toString())
          .filter(name -> name.startsWith("pid-"))
          .toList();
    }
  }

  /** Checks that after {@code recover} the audit holds each commit once and nothing lies about. */
  void requireSettled() throws IOException {
    require("recover");
    assertThat(require("recover")).isEqualTo("nothing to recover\n");
    int transactions = requireLinearHistory();
    try (OplogStore store = OplogStore.open(layout(), InstantSource.system())) {
      assertThat(store.controlLog().list())
          .filteredOn(row -> row.txnSeq().number() > 0)
          .hasSize(transactions)
          .extracting(ControlRow::txnSeq)
          .doesNotHaveDuplicates();
    }
    assertThat(runDirectories()).isEmpty();
  }
}
