package dev.duckpond.query;

import dev.duckpond.query.QueryOptions.CacheOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what text was converted to, over sessions; see {@code docs/format/cache.md}.
 *
 * <p>A file's name holds the checksum of its bytes, so one that was damaged is known and goes.
 * Whatever goes wrong here only costs time: it is logged, and the conversion is made again.
 * Processes may share the directory; each reads through links of its own, so that nobody's file
 * goes while it is read. One thread only.
 */
final class ConversionCache {
  private static final Logger LOG = LoggerFactory.getLogger(ConversionCache.class);
  private static final String SUFFIX = ".parquet";
  private static final int SHARD_CHARS = 2;

  private final CacheOptions options;
  private long knownBytes = -1;

  ConversionCache(CacheOptions options) {
    this.options = options;
  }

  /**
   * Finds a conversion.
   *
   * @param key 64 hex digits that say what was converted and how
   * @param link where the caller wants the file; it may go from the cache at any time
   * @return the link
   */
  Optional<Path> find(String key, Path link) {
    Path shard = shard(key);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(shard, key + "-*" + SUFFIX)) {
      for (Path file : files) {
        Optional<Path> usable = usable(file, key, link);
        if (usable.isPresent()) {
          return usable;
        }
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("the cache {} cannot be read: {}", shard, CacheFiles.cause(e));
    }
    return Optional.empty();
  }

  /** Tells whether a conversion is there, without a look at its bytes. */
  boolean holds(String key) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(shard(key), key + "-*" + SUFFIX)) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      // There, and of no use, is the same as not there.
      return false;
    }
  }

  private Optional<Path> usable(Path file, String key, Path link) throws IOException {
    CacheFiles.take(file, link);
    if (!file.getFileName().toString().equals(name(key, link))) {
      LOG.warn("{} is damaged and made again", file);
      Files.deleteIfExists(file);
      Files.deleteIfExists(link);
      return Optional.empty();
    }
    try {
      Files.setLastModifiedTime(file, FileTime.from(options.clock().instant()));
    } catch (IOException e) {
      LOG.debug("the use of {} cannot be noted", file, e);
    }
    return Optional.of(link);
  }

  /** Takes in a conversion; the file stays where it is. */
  void put(String key, Path converted) {
    try {
      Path target = shard(key).resolve(name(key, converted));
      Files.createDirectories(shard(key));
      CacheFiles.publish(converted, target);
      Files.setLastModifiedTime(target, FileTime.from(options.clock().instant()));
      trim(Files.size(target));
    } catch (IOException e) {
      LOG.warn("the cache {} cannot be written: {}", options.directory(), CacheFiles.cause(e));
    }
  }

  /** A file of the cache, as it was when it was looked at. */
  private record Kept(Path file, long bytes, FileTime used) {}

  private void trim(long addedBytes) throws IOException {
    if (knownBytes >= 0 && knownBytes + addedBytes <= options.limitBytes()) {
      knownBytes += addedBytes;
      return;
    }
    List<Kept> all = new ArrayList<>(list());
    all.sort(Comparator.comparing(Kept::used).thenComparing(Kept::file));
    knownBytes = all.stream().mapToLong(Kept::bytes).sum();
    for (Kept kept : all) {
      if (knownBytes <= options.limitBytes()) {
        break;
      }
      Files.deleteIfExists(kept.file());
      knownBytes -= kept.bytes();
    }
  }

  private List<Kept> list() throws IOException {
    List<Kept> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(options.directory().toRealPath(), 2)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try {
          all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
        } catch (NoSuchFileException e) {
          // Another process was faster.
        }
      }
    }
    return all;
  }

  private Path shard(String key) {
    return options.directory().resolve(key.substring(0, SHARD_CHARS));
  }

  private static String name(String key, Path file) throws IOException {
    return key + "-" + CacheFiles.checksum(file) + SUFFIX;
  }
}
