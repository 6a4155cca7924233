package dev.duckpond.query;

import dev.duckpond.duckdb.DuckOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Says what a query session may use.
 *
 * @param memoryLimitBytes what the SQL engine may hold in memory
 * @param threads worker threads of the engine
 * @param scratch a directory of this process alone, for spilled and staged files; it may not exist
 *     yet, and what a session leaves in it is the caller's to remove
 * @param pondDirectories where the pond's content lies: {@code blobs}, {@code cache}, {@code data}
 * @param hostFiles files of this machine that the user named
 */
public record QueryOptions(
    long memoryLimitBytes,
    int threads,
    Path scratch,
    List<Path> pondDirectories,
    List<Path> hostFiles) {
  public QueryOptions {
    pondDirectories = List.copyOf(pondDirectories);
    hostFiles = List.copyOf(hostFiles);
  }

  /** Starts options with the default limits, all processors, and no file allowed. */
  public static Builder builder(Path scratch) {
    return new Builder(scratch);
  }

  DuckOptions duckOptions() {
    DuckOptions.Builder duck =
        DuckOptions.builder(scratch.resolve("spill"))
            .memoryLimitBytes(memoryLimitBytes)
            .threads(threads)
            .allowDirectory(scratch)
            .allowPaths(hostFiles);
    pondDirectories.forEach(duck::allowDirectory);
    return duck.build();
  }

  /** Collects options. One thread only. */
  public static final class Builder {
    private final Path scratch;
    private final List<Path> pondDirectories = new ArrayList<>();
    private final List<Path> hostFiles = new ArrayList<>();
    private long memoryLimitBytes = DuckOptions.DEFAULT_MEMORY_LIMIT_BYTES;
    private int threads = Runtime.getRuntime().availableProcessors();

    private Builder(Path scratch) {
      this.scratch = scratch;
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

    /** Allows a directory in which the pond keeps content. */
    public Builder pondDirectory(Path directory) {
      pondDirectories.add(directory);
      return this;
    }

    /** Allows a file of this machine. */
    public Builder hostFile(Path file) {
      hostFiles.add(file);
      return this;
    }

    /** Allows the files of this machine that URLs name; URLs of pond paths add nothing. */
    public Builder hostFilesOf(Collection<PondUrl> urls) {
      urls.forEach(url -> url.findHostFile().ifPresent(this::hostFile));
      return this;
    }

    /** Returns the options. */
    public QueryOptions build() {
      return new QueryOptions(memoryLimitBytes, threads, scratch, pondDirectories, hostFiles);
    }
  }
}
