package dev.duckpond.oplog;

import dev.duckpond.tinyfs.DirectoryEntry;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Makes a new pond: directories, then the Delta table and transaction 1 as one commit.
 *
 * <p>Before that commit nothing counts as a pond, and founding can be repeated over what an
 * interrupted one left. Of several who found at the same time, one wins, and the others are told
 * that there is a pond.
 */
final class Founding {
  private final PondLayout layout;
  private final LogEngine engine;

  Founding(LogEngine engine) {
    this.layout = engine.layout();
    this.engine = engine;
  }

  LogIndex found(PondIdentity identity, TransactionInfo first, NodeId root, InstantSource clock)
      throws IOException {
    if (!first.seq().equals(TxnSeq.NONE.next())) {
      throw new IllegalArgumentException("a pond begins with transaction 1, not " + first.seq());
    }
    requireFree();
    makeDirectories();

    LogRow entry = new LogRow.EntryPut(DirectoryEntry.root(root, identity.id()));
    LogAppender.Result result =
        new LogAppender(engine)
            .append(
                first,
                Micros.truncate(clock.instant()),
                List.of(entry),
                hash -> new byte[0],
                (file, note) ->
                    engine
                        .operations()
                        .create(
                            LogSchema.DELTA,
                            PondProperties.of(identity),
                            file,
                            note,
                            identity.id().toString(),
                            first.seq().number()));
    return switch (result.published()) {
      case Published.At at -> {
        removeLeftovers(result.transaction().file().name());
        yield LogIndex.start(layout, engine, identity, result.transaction());
      }
      case Published.Taken taken -> throw isThere();
      case Published.Unsure(Exception cause) ->
          throw new PondException.Failed(
              "nobody can say whether the pond in " + layout.root() + " was made",
              String.valueOf(cause.getMessage()),
              "Check the disk, then run 'pond status' there.",
              cause);
    };
  }

  private void requireFree() throws IOException {
    if (layout.isPond()) {
      throw isThere();
    }
    requireOnly(layout.data(), Founding::isLeftoverData);
    requireOnly(layout.deltaLog(), Founding::isHidden);
    requireOnly(layout.blobs(), file -> false);
    requireOnly(layout.control(), file -> false);
    requireOnly(layout.cache(), file -> false);
    requireOnly(layout.tmp(), file -> isHidden(file) || name(file).startsWith("pid-"));
  }

  private PondException.Conflict isThere() {
    return new PondException.Conflict(
        "there is a pond in " + layout.root() + " already",
        "",
        "Use it, or choose another directory.");
  }

  private interface Expected {
    boolean test(Path file);
  }

  private void requireOnly(Path directory, Expected expected) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw foreign(directory);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!expected.test(file)) {
          throw foreign(file);
        }
      }
    }
  }

  private PondException.Conflict foreign(Path file) {
    if (layout.isPond()) {
      // Somebody else founded it since the first look; the file is its own.
      return isThere();
    }
    return new PondException.Conflict(
        "no pond can be made here: " + file + " is in the way",
        "it is not part of a pond",
        "Choose an empty directory, or move the file away.");
  }

  private static boolean isLeftoverData(Path file) {
    return name(file).equals("_delta_log")
        || (name(file).startsWith("txn-1-") && name(file).endsWith(".parquet"));
  }

  private static boolean isHidden(Path file) {
    return name(file).startsWith(".");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private void makeDirectories() throws IOException {
    boolean isNew = !Files.exists(layout.root());
    for (Path directory :
        List.of(
            layout.data(),
            layout.deltaLog(),
            layout.blobs(),
            layout.control(),
            layout.cache(),
            layout.tmp())) {
      Files.createDirectories(directory);
    }
    Durable.syncDirectory(layout.data());
    Durable.syncDirectory(layout.root());
    if (isNew) {
      Durable.syncDirectory(Durable.parent(layout.root()));
    }
  }

  /**
   * Takes away what interrupted attempts left. Only after our own commit: from then on no commit
   * can name these files any more, while before it they may be those of somebody who is founding
   * the pond at this moment, and whose commit comes first.
   */
  private void removeLeftovers(String ours) {
    try {
      RunDirectory.discardLeftovers(layout);
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(layout.data(), "txn-1-*.parquet")) {
        for (Path file : files) {
          if (!name(file).equals(ours)) {
            Files.deleteIfExists(file);
          }
        }
      }
      try (DirectoryStream<Path> hidden = Files.newDirectoryStream(layout.deltaLog(), ".*")) {
        for (Path file : hidden) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      LoggerFactory.getLogger(Founding.class)
          .warn("The pond is made; what an earlier attempt left stays in {}", layout.root(), e);
    }
  }
}
