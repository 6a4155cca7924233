package dev.duckpond.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does what it is told up to a number of operations and refuses everything from then on, as if the
 * process had been killed before the next. A write that is stopped leaves half of its text.
 */
final class StoppingFileOperations implements FileOperations {
  /** Stands for the end of the process, which nobody handles. */
  static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final FileOperations files = new DurableFileOperations();
  private final AtomicLong left;
  private final AtomicLong done = new AtomicLong();

  StoppingFileOperations(long operations) {
    this.left = new AtomicLong(operations);
  }

  long done() {
    return done.get();
  }

  private boolean isStopped() {
    if (left.getAndDecrement() <= 0) {
      return true;
    }
    done.incrementAndGet();
    return false;
  }

  private void step() {
    if (isStopped()) {
      throw new Stopped();
    }
  }

  @Override
  public List<Path> makeDirectories(Path directory) throws IOException {
    step();
    return files.makeDirectories(directory);
  }

  @Override
  public void sync(Collection<Path> written) throws IOException {
    step();
    files.sync(written);
  }

  @Override
  public void syncDirectories(Collection<Path> directories) throws IOException {
    step();
    files.syncDirectories(directories);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    files.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    step();
    files.delete(path);
  }

  @Override
  public void append(Path file, List<String> lines) throws IOException {
    if (isStopped()) {
      String text = String.join("\n", lines);
      files.append(file, List.of(text.substring(0, text.length() / 2)));
      throw new Stopped();
    }
    files.append(file, lines);
  }

  @Override
  public void write(Path file, String text) throws IOException {
    if (isStopped()) {
      Files.writeString(file, text.substring(0, text.length() / 2));
      throw new Stopped();
    }
    files.write(file, text);
  }
}
