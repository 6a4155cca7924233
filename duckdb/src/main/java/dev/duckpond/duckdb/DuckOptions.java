package dev.duckpond.duckdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Says what a session may use.
 *
 * @param memoryLimitBytes what the engine may hold in memory; it keeps to this within about 20 %
 * @param threads worker threads of the engine
 * @param spillDirectory where the engine puts what does not fit; made when first needed, and files
 *     in it are removed when the session closes
 * @param allowedDirectories directories in which files may be read and written; nothing outside of
 *     them can be, be it through {@code ..} or a symbolic link
 * @param allowedPaths single files that may be read and written as well
 */
public record DuckOptions(
    long memoryLimitBytes,
    int threads,
    Path spillDirectory,
    List<Path> allowedDirectories,
    List<Path> allowedPaths) {

  /** Memory limit of a session that asks for no other: 512 MB. */
  public static final long DEFAULT_MEMORY_LIMIT_BYTES = 512_000_000;

  /** The engine cannot hold its own buffers in less. */
  public static final long MIN_MEMORY_LIMIT_BYTES = 16_000_000;

  public DuckOptions {
    if (memoryLimitBytes < MIN_MEMORY_LIMIT_BYTES) {
      throw new IllegalArgumentException(
          "memory limit of " + memoryLimitBytes + " bytes is below " + MIN_MEMORY_LIMIT_BYTES);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads);
    }
    Objects.requireNonNull(spillDirectory, "spillDirectory");
    allowedDirectories = List.copyOf(allowedDirectories);
    allowedPaths = List.copyOf(allowedPaths);
  }

  /** Starts options with the default limits, all cores, and no file allowed. */
  public static Builder builder(Path spillDirectory) {
    return new Builder(spillDirectory);
  }

  /** Collects options. One thread only. */
  public static final class Builder {
    private final Path spillDirectory;
    private final List<Path> allowedDirectories = new ArrayList<>();
    private final List<Path> allowedPaths = new ArrayList<>();
    private long memoryLimitBytes = DEFAULT_MEMORY_LIMIT_BYTES;
    private int threads = Runtime.getRuntime().availableProcessors();

    private Builder(Path spillDirectory) {
      this.spillDirectory = spillDirectory;
    }

    /** Sets the memory limit. */
    public Builder memoryLimitBytes(long bytes) {
      memoryLimitBytes = bytes;
      return this;
    }

    /** Sets the number of worker threads. */
    public Builder threads(int count) {
      threads = count;
      return this;
    }

    /** Allows everything in a directory. */
    public Builder allowDirectory(Path directory) {
      allowedDirectories.add(directory);
      return this;
    }

    /** Allows single files. */
    public Builder allowPaths(Collection<Path> paths) {
      allowedPaths.addAll(paths);
      return this;
    }

    /** Allows a single file. */
    public Builder allowPath(Path path) {
      allowedPaths.add(path);
      return this;
    }

    /** Returns the options. */
    public DuckOptions build() {
      return new DuckOptions(
          memoryLimitBytes, threads, spillDirectory, allowedDirectories, allowedPaths);
    }
  }
}
