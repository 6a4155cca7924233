package dev.duckpond.collect;

import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.testkit.FakeClock;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A pond that the ponds of all tests begin as; to found one takes as long as a whole test. */
final class EmptyPond {
  private static final Path ROOT = found();

  private EmptyPond() {}

  /** Copies it to a place where there is none. */
  static void copyTo(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.toList()) {
        Path target = root.resolve(ROOT.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static Path found() {
    try {
      Path directory = Files.createTempDirectory("pond-test-empty-");
      PondLayout layout = new PondLayout(directory.resolve("pond"));
      FakeClock clock = new FakeClock(CollectPond.START);
      UuidV7 ids = new UuidV7(clock, RandomGenerator.of("SecureRandom"));
      OplogStore store =
          OplogStore.create(
              layout,
              new PondIdentity(new PondId(ids.next()), "test", CollectPond.START),
              new TransactionInfo(
                  new TxnSeq(1),
                  new TxnId(ids.next()),
                  List.of("init"),
                  "ada",
                  "station",
                  CollectPond.START),
              new NodeId(ids.next()),
              clock);
      store.controlLog().rebuildFrom(store.latest());
      store.close();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      return layout.root();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("stays behind: " + root);
    }
  }
}
