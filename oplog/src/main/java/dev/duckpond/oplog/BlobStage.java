package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EntryType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Takes in large contents of one write and puts them in place at its commit. Thread-safe. */
final class BlobStage {
  /**
   * Syncs in flight. A sync waits for the disk, and a disk takes many at once; platform threads,
   * because a virtual thread holds its carrier during file operations and there are as few carriers
   * as cores.
   */
  private static final int SYNC_THREADS = 16;

  private static final int BUFFER_BYTES = 1 << 16;

  private final BlobStore store;
  private final Path directory;
  private final AtomicLong counter = new AtomicLong();
  private final Map<Path, Staged> staged = new HashMap<>();

  private record Staged(Path file, ContentHash hash) {}

  /** Hash and size of a content taken in. */
  record Taken(ContentHash hash, long sizeBytes) {}

  BlobStage(BlobStore store, Path directory) {
    this.store = store;
    this.directory = directory;
  }

  /** Takes in {@code head} and then {@code rest}, as a node of the given type. */
  Taken take(byte[] head, InputStream rest, EntryType type) throws IOException {
    Path file = directory.resolve("blob-" + counter.incrementAndGet());
    boolean kept = false;
    try {
      MessageDigest digest = ContentHash.newDigest();
      long sizeBytes = copy(head, rest, file, digest);
      ContentHash hash = ContentHash.finish(digest);
      kept = keep(store.file(hash, type), new Staged(file, hash));
      return new Taken(hash, sizeBytes);
    } finally {
      if (!kept) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static long copy(byte[] head, InputStream rest, Path file, MessageDigest digest)
      throws IOException {
    long sizeBytes = head.length;
    try (OutputStream out = Files.newOutputStream(file)) {
      digest.update(head);
      out.write(head);
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
        sizeBytes += n;
      }
    }
    return sizeBytes;
  }

  private synchronized boolean keep(Path target, Staged content) {
    return staged.putIfAbsent(target, content) == null;
  }

  /** Tells whether this content was taken in for a node of the given type. */
  synchronized boolean holds(ContentHash hash, EntryType type) {
    return staged.containsKey(store.file(hash, type));
  }

  /** Puts the named contents in place so that they survive a crash, and drops the others. */
  synchronized void publish(Set<Path> named) throws IOException {
    Set<Path> directories = new TreeSet<>();
    List<Sync> syncs = new ArrayList<>();
    for (Path target : named) {
      Staged content = requireStaged(target);
      directories.add(Durable.parent(target));
      syncs.add(() -> settle(content.file(), target));
    }
    Files.createDirectories(store.directory());
    runAll(syncs);
    List<Sync> names = new ArrayList<>();
    directories.forEach(each -> names.add(() -> Durable.syncDirectory(each)));
    names.add(() -> Durable.syncDirectory(store.directory()));
    if (!directories.isEmpty()) {
      runAll(names);
    }
    Map<Path, ContentHash> written = new HashMap<>();
    for (Path target : named) {
      written.put(target, requireStaged(target).hash());
    }
    store.remember(written);
  }

  private Staged requireStaged(Path target) {
    Staged content = staged.get(target);
    if (content == null) {
      throw new IllegalArgumentException("content " + target + " was not staged in this write");
    }
    return content;
  }

  /**
   * A file that is there already is replaced and not used again: its name and size do not tell
   * whether its bytes are still those that were written, and these here are known to be right.
   */
  private void settle(Path file, Path target) throws IOException {
    Durable.syncFile(file);
    store.place(file, target);
  }

  private interface Sync {
    void run() throws IOException;
  }

  private static void runAll(List<Sync> syncs) throws IOException {
    if (syncs.size() <= 1) {
      for (Sync sync : syncs) {
        sync.run();
      }
      return;
    }
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(SYNC_THREADS, syncs.size()))) {
      List<Future<?>> running = new ArrayList<>(syncs.size());
      for (Sync sync : syncs) {
        running.add(
            pool.submit(() -> {
              sync.run();
              return "";
            }));
      }
      for (Future<?> each : running) {
        await(each);
      }
    }
  }

  private static void await(Future<?> running) throws IOException {
    try {
      running.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException(cause.getMessage(), cause);
      }
      throw new IllegalStateException("a content could not be put in place", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while contents were being synced", e);
    }
  }
}
