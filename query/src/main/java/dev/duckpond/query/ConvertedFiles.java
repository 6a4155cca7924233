package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ExactPath;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.Rejected;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parquet that text was converted to, for one session: the same bytes are parsed at most once, and
 * content of the pond that lies in the cache not at all.
 *
 * <p>Files lie in a directory of the session, which goes when it is closed. One thread only.
 */
final class ConvertedFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConvertedFiles.class);

  /**
   * How conversions by the engine itself are made; another number when it may give other rows of
   * the same text.
   */
  private static final int ENGINE_VERSION = 1;

  private final QueryOptions options;
  private final DuckSession duck;
  private final Optional<ConversionCache> cache;
  private final Map<String, Path> made = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private @Nullable Path directory;
  private long conversions;
  private int files;

  ConvertedFiles(QueryOptions options, DuckSession duck) {
    this.options = options;
    this.duck = duck;
    this.cache = options.cache().map(ConversionCache::new);
  }

  /**
   * A file to be converted.
   *
   * @param label what errors call it
   * @param hash of content of the pond; empty for a file of this machine, which may change
   */
  record Source(Path file, String label, Optional<ContentHash> hash) {}

  /** Counts how often text was parsed. */
  long conversions() {
    return conversions;
  }

  /**
   * Answers the Parquet of each file, in order, and tells of lines that were left out.
   *
   * @throws PondException.Invalid when one is not of the URL's format
   */
  List<Path> files(PondUrl url, List<Source> sources) {
    List<Path> parquet = new ArrayList<>();
    Map<String, String> labels = new HashMap<>();
    for (Source source : sources) {
      Path file = file(url, List.of(source), source.label());
      parquet.add(file);
      labels.put(file.toString(), source.label());
    }
    if (url.format().conversion().isPresent()) {
      tellRejected(parquet, labels);
    }
    return parquet;
  }

  /** Answers the Parquet of files that are converted as one, with types that fit all of them. */
  Path joint(PondUrl url, List<Source> sources) {
    String label = sources.getFirst().label() + " and " + (sources.size() - 1) + " more";
    return file(url, sources, label);
  }

  private Path file(PondUrl url, List<Source> sources, String label) {
    boolean isContent = sources.stream().allMatch(source -> source.hash().isPresent());
    String key = key(url, sources.stream().map(ConvertedFiles::identity).toList());
    Path known = made.get(key);
    if (known != null) {
      return known;
    }
    try {
      Path target = directory().resolve(++files + ".parquet");
      Optional<Path> kept =
          isContent ? cache.flatMap(there -> there.find(key, target)) : Optional.empty();
      Path file = kept.orElse(target);
      if (kept.isEmpty()) {
        conversions++;
        new TextConversion(duck)
            .convert(url, sources.stream().map(Source::file).toList(), label, target);
        if (isContent) {
          cache.ifPresent(there -> there.put(key, target));
        }
      }
      made.put(key, file);
      return file;
    } catch (IOException e) {
      throw new PondException.Failed(
          "'" + label + "' cannot be converted", String.valueOf(e.getMessage()), "", e);
    }
  }

  /** Tells how many contents are converted already, for this session or over sessions. */
  CacheState state(PondUrl url, List<ContentHash> contents) {
    long kept =
        contents.stream()
            .map(hash -> key(url, List.of(hash.hex())))
            .filter(
                key -> made.containsKey(key) || cache.filter(there -> there.holds(key)).isPresent())
            .count();
    return new CacheState("converted text", contents.size(), kept);
  }

  private Path directory() throws IOException {
    if (directory == null) {
      Files.createDirectories(options.scratch());
      directory = Files.createTempDirectory(options.scratch(), "converted-");
    }
    return directory;
  }

  /** Everything that decides about the rows, hashed. */
  private static String key(PondUrl url, List<String> identities) {
    int version = url.format().conversion().map(format -> format.version()).orElse(ENGINE_VERSION);
    List<String> parts = new ArrayList<>();
    parts.add(url.format().word() + " " + version + " " + url.compression().word());
    new TreeMap<>(url.options())
        .forEach((name, value) -> parts.add(name + "=" + value.length() + ":" + value));
    parts.addAll(identities);
    String text = String.join("\n", parts);
    return ContentHash.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static String identity(Source source) {
    if (source.hash().isPresent()) {
      return source.hash().get().hex();
    }
    try {
      return source.file()
          + " "
          + Files.size(source.file())
          + " "
          + Files.getLastModifiedTime(source.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tellRejected(List<Path> parquet, Map<String, String> labels) {
    Sql paths = Sql.list(parquet.stream().map(ExactPath::literal).distinct().toList(), ", ");
    Sql query =
        new SqlBuilder()
            .text("SELECT file_name, decode(value) FROM parquet_kv_metadata([")
            .append(paths)
            .text("]) WHERE decode(key) = ")
            .literal(Rejected.METADATA_KEY)
            .build();
    record Found(String file, String text) {}
    for (Found found : duck.list(query, row -> new Found(row.text(0), row.text(1)))) {
      String label = labels.getOrDefault(found.file(), found.file());
      String notice = Rejected.parse(found.text()).sentence(label);
      if (told.add(notice)) {
        options.notices().accept(notice);
      }
    }
  }

  /** Removes the session's files; those of the cache stay. */
  @Override
  public void close() {
    Path mine = directory;
    directory = null;
    made.clear();
    if (mine == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(mine)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("{} stays: {}", mine, e.getMessage());
    }
  }
}
