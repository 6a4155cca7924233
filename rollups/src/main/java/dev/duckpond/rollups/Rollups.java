package dev.duckpond.rollups;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.CacheFiles;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RollupState;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers rows that are costly to compute, from what was kept of them and what is computed now.
 *
 * <p>Rows of a tile are kept together with the content that they were made of, so a read computes
 * the tiles whose content changed and no others. Whatever goes wrong with the cache costs time
 * alone. Processes may share it. One thread only, that of the session.
 */
public final class Rollups {
  private static final Logger LOG = LoggerFactory.getLogger(Rollups.class);

  private final QuerySession session;
  private final QueryOptions.RollupOptions options;
  private final RollupCache cache;

  private Rollups(QuerySession session, QueryOptions.RollupOptions options) {
    this.session = session;
    this.options = options;
    this.cache = new RollupCache(options.directory(), options.limitBytes());
  }

  /** Answers the rollups of a session; empty when its options have no place for them. */
  public static Optional<Rollups> of(QuerySession session) {
    return session.options().rollups().map(known -> new Rollups(session, known));
  }

  /**
   * Tells whether rows can be kept and it is worth it: it can be told when their content changes,
   * and there is much of it.
   */
  public boolean isWorthwhile(RollupSource source) {
    OptionalLong rows = source.sourceRows();
    return !source.extents().isEmpty()
        && (rows.isEmpty() || rows.getAsLong() >= options.minSourceRows());
  }

  /**
   * Answers the SELECT of the rows whose buckets begin in a range; those that are not kept are
   * computed at once, and kept.
   */
  public Sql select(RollupSource source, TimeRange range) {
    try {
      return new RollupReading(session, cache, source).select(range, options.clock());
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      warn(session, source, "kept", e);
    } catch (DuckException e) {
      if (e.kind() == DuckException.Kind.INTERRUPTED) {
        throw e;
      }
      // Of the files, or of the rows themselves; then the plain SELECT says it better.
      warn(session, source, "kept", e);
    }
    return source.compute().apply(range);
  }

  /**
   * Removes all that is kept, of all sources; it is computed again as it is needed.
   *
   * @return the bytes that went
   */
  public long clear() {
    try {
      return cache.clear();
    } catch (IOException e) {
      throw new PondException.Failed(
          "the rollups in '" + options.directory() + "' cannot be removed",
          String.valueOf(e.getMessage()),
          "Check the permissions.",
          e);
    }
  }

  /** Warns of what cannot be done with rollups, once a session for each kind of cause. */
  static void warn(QuerySession session, RollupSource source, String done, Exception e) {
    String why = CacheFiles.cause(e);
    String kind = e instanceof IOException ? e.getClass().getName() : why;
    if (session.isNews("rollups cannot be " + done + ": " + kind)) {
      LOG.warn("rollups of {} cannot be {}: {}", source.label(), done, why);
    }
  }

  /** Answers how much is kept, computing nothing. */
  public RollupState state(RollupSource source) {
    try {
      return countKept(source);
    } catch (IOException e) {
      warn(session, source, "read", e);
      return new RollupState(0, 0, 0, 0);
    }
  }

  private RollupState countKept(RollupSource source) throws IOException {
    Tiles tiles = Tiles.of(source);
    List<Tiles.Run> runs = tiles.runs(TimeRange.ALL);
    RecipeDirectory directory = cache.of(source.recipe());
    Set<String> there = new HashSet<>();
    Inventory current = directory.read().current(tiles, runs);
    for (Segment segment : current.segments()) {
      if (Files.isRegularFile(directory.path().resolve(segment.file()))) {
        there.add(segment.file());
      }
    }
    Inventory usable = current.where(holding -> there.contains(holding.segment().file()));
    long all = runs.stream().mapToLong(run -> run.to() - run.from()).sum();
    long missing =
        usable.missing(tiles, runs).stream().mapToLong(run -> run.to() - run.from()).sum();
    return new RollupState(
        all,
        all - missing,
        usable.segments().stream().mapToLong(Segment::rows).sum(),
        usable.segments().stream().mapToLong(Segment::sizeBytes).sum());
  }
}
