package dev.duckpond.query;

import dev.duckpond.duckdb.DuckOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says what a query session may use.
 *
 * @param memoryLimitBytes what the SQL engine may hold in memory
 * @param threads worker threads of the engine
 * @param scratch a directory of this process alone, for spilled and staged files; it may not exist
 *     yet, and what a session leaves in it is the caller's to remove
 * @param pondDirectories where the pond's content lies: {@code blobs}, {@code cache}, {@code data}
 * @param hostFiles files of this machine that the user named
 * @param cache where conversions of content are kept; without it they last as long as the session
 * @param notices gets a sentence for people when something is left out of what is read
 */
public record QueryOptions(
    long memoryLimitBytes,
    int threads,
    Path scratch,
    List<Path> pondDirectories,
    List<Path> hostFiles,
    Optional<CacheOptions> cache,
    Consumer<String> notices) {

  /**
   * Says where conversions are kept.
   *
   * @param directory may not exist yet
   * @param limitBytes beyond this, files go that were not used for longest
   * @param clock tells when files are used
   */
  public record CacheOptions(Path directory, long limitBytes, InstantSource clock) {
    /** What a cache holds unless somebody says otherwise: 4 GiB. */
    public static final long DEFAULT_LIMIT_BYTES = 4L << 30;

    public CacheOptions {
      if (limitBytes < 0) {
        throw new IllegalArgumentException("limit of a cache: " + limitBytes);
      }
    }
  }

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
    cache.ifPresent(known -> duck.allowDirectory(known.directory()));
    return duck.build();
  }

  /** Collects options. One thread only. */
  public static final class Builder {
    private final Path scratch;
    private final List<Path> pondDirectories = new ArrayList<>();
    private final List<Path> hostFiles = new ArrayList<>();
    private long memoryLimitBytes = DuckOptions.DEFAULT_MEMORY_LIMIT_BYTES;
    private Optional<CacheOptions> cache = Optional.empty();
    private Consumer<String> notices = notice -> {};
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

    /** Keeps conversions in a directory. */
    public Builder cache(CacheOptions options) {
      cache = Optional.of(options);
      return this;
    }

    /** Hands over sentences about what is left out; by default nobody hears of it. */
    public Builder notices(Consumer<String> listener) {
      notices = listener;
      return this;
    }

    /** Returns the options. */
    public QueryOptions build() {
      return new QueryOptions(
          memoryLimitBytes, threads, scratch, pondDirectories, hostFiles, cache, notices);
    }
  }
}
