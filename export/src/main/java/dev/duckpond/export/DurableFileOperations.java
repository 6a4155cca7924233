package dev.duckpond.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does it on the file system of this machine. Thread-safe. */
class DurableFileOperations implements FileOperations {
  /** Disks take several of these at a time as one. */
  private static final int SYNC_THREADS = 16;

  @Override
  public List<Path> makeDirectories(Path directory) throws IOException {
    List<Path> changed = new ArrayList<>();
    Path existing = directory;
    while (!Files.isDirectory(existing) && existing.getParent() != null) {
      existing = existing.getParent();
      changed.add(existing);
    }
    Files.createDirectories(directory);
    return changed;
  }

  @Override
  public void sync(Collection<Path> files) throws IOException {
    forEach(files, DurableFileOperations::syncFile);
  }

  @Override
  public void syncDirectories(Collection<Path> directories) throws IOException {
    forEach(directories, DurableFileOperations::syncDirectory);
  }

  private interface Action {
    void run(Path path) throws IOException;
  }

  private static void forEach(Collection<Path> paths, Action action) throws IOException {
    if (paths.isEmpty()) {
      return;
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(paths.size(), SYNC_THREADS), Thread.ofVirtual().factory())) {
      List<Future<?>> all = new ArrayList<>();
      for (Path path : paths) {
        all.add(
            threads.submit(() -> {
              action.run(path);
              return true;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void append(Path file, List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    put(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void write(Path file, String text) throws IOException {
    put(
        file,
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static void put(Path file, String text, OpenOption... how) throws IOException {
    Set<OpenOption> options = new HashSet<>(List.of(how));
    options.add(LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(file, options)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
