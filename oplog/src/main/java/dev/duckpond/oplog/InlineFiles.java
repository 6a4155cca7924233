package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes files of contents that lie in rows of the log, so that the SQL engine can read them in
 * place. The files are in the cache, or, when it cannot be written, in the run's directory.
 *
 * <p>A file found in the cache is compared with its hash before its first use by this process:
 * nothing in the cache was synced, and anybody may have touched it. Thread-safe.
 */
final class InlineFiles {
  /** Contents fetched by one query; the log's files among them are at most as many. */
  private static final int BATCH_CONTENTS = 4096;

  /** Files remembered as compared; beyond it all are compared again. */
  private static final int REMEMBERED_FILES = 200_000;

  private final LogEngine engine;
  private final LogIndex index;
  private final LogFileReader reader;
  private final LongAdder cacheHits = new LongAdder();
  private final Set<Path> compared = ConcurrentHashMap.newKeySet();

  InlineFiles(LogEngine engine, LogIndex index) {
    this.engine = engine;
    this.index = index;
    this.reader = new LogFileReader(engine);
  }

  /** Counts the contents that were there already. */
  long cacheHits() {
    return cacheHits.sum();
  }

  /** Answers a file for each version, in order. */
  List<Path> files(List<NodeVersion> versions) {
    try {
      return makeFiles(versions);
    } catch (IOException e) {
      throw Trouble.of("contents of the log cannot be put into files", e);
    }
  }

  private List<Path> makeFiles(List<NodeVersion> versions) throws IOException {
    Path base = base();
    List<Path> files = new ArrayList<>(versions.size());
    Map<Path, NodeVersion> missing = new LinkedHashMap<>();
    for (NodeVersion version : versions) {
      Path file = BlobStore.fileBelow(base, version.hash(), version.type(), "");
      files.add(file);
      if (!missing.containsKey(file)) {
        if (isUsable(file, version)) {
          cacheHits.increment();
        } else {
          missing.put(file, version);
        }
      }
    }
    List<Map.Entry<Path, NodeVersion>> all = new ArrayList<>(missing.entrySet());
    for (int from = 0; from < all.size(); from += BATCH_CONTENTS) {
      make(all.subList(from, Math.min(all.size(), from + BATCH_CONTENTS)));
    }
    return files;
  }

  private Path base() throws IOException {
    Path inCache = engine.layout().cache().resolve("inline");
    try {
      Files.createDirectories(inCache);
      if (Files.isWritable(inCache)) {
        return inCache;
      }
    } catch (IOException e) {
      // A read-only pond; the run's directory does as well.
    }
    return Files.createDirectories(engine.runDirectory().resolve("inline"));
  }

  private boolean isUsable(Path file, NodeVersion version) throws IOException {
    try {
      if (Files.size(file) != version.sizeBytes()) {
        return false;
      }
      if (compared.contains(file)) {
        return true;
      }
      boolean isSame = ContentHash.of(Files.readAllBytes(file)).equals(version.hash());
      if (isSame) {
        remember(file);
      }
      return isSame;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void remember(Path file) {
    if (compared.size() >= REMEMBERED_FILES) {
      compared.clear();
    }
    compared.add(file);
  }

  private void make(List<Map.Entry<Path, NodeVersion>> wanted) throws IOException {
    Map<ContentHash, Set<Path>> targets = new HashMap<>();
    Set<DataFile> sources = new LinkedHashSet<>();
    for (Map.Entry<Path, NodeVersion> each : wanted) {
      targets.computeIfAbsent(each.getValue().hash(), hash -> new HashSet<>()).add(each.getKey());
      sources.add(index.dataFile(each.getValue().txnSeq()));
    }
    List<ContentHash> hashes = List.copyOf(targets.keySet());
    reader.readContents(
        List.copyOf(sources),
        hashes,
        (hash, content) -> {
          // A file that holds something else for the hash is passed over: another may hold it.
          if (targets.containsKey(hash) && ContentHash.of(content).equals(hash)) {
            write(content, targets.remove(hash));
          }
        });
    for (Map.Entry<Path, NodeVersion> each : wanted) {
      if (targets.containsKey(each.getValue().hash())) {
        throw Trouble.corrupt(
            path(index.dataFile(each.getValue().txnSeq())),
            "it does not hold the content " + each.getValue().hash());
      }
    }
  }

  private Path path(DataFile file) {
    return engine.layout().data().resolve(file.name());
  }

  private void write(byte[] content, Set<Path> files) throws IOException {
    for (Path file : files) {
      Files.createDirectories(Durable.parent(file));
      Path hidden = Durable.hiddenBeside(file);
      try {
        Files.write(hidden, content);
        Files.move(
            hidden, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(hidden);
      }
      remember(file);
    }
  }
}
