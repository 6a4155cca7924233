package dev.duckpond.cli;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.oplog.ReadCost;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.steward.Steward;
import dev.duckpond.steward.WriteRequest;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The pond of one command, opened; closing it ends everything that was opened through it. */
final class OpenPond implements AutoCloseable {
  /** Digits beyond which a number is a time in milliseconds and not a transaction. */
  private static final int MAX_TXN_DIGITS = 9;

  private final CommandContext context;
  private final PondLayout layout;
  private final OplogStore store;
  private final FactoryRegistry factories;
  private final Steward steward;

  private OpenPond(CommandContext context, PondLayout layout, OplogStore store) {
    this.context = context;
    this.layout = layout;
    this.store = store;
    this.factories = context.factories();
    this.steward = new Steward(layout, store, factories, context.clock(), ids(context), List.of());
  }

  /**
   * Opens the pond that the command line, the environment or the working directory names.
   *
   * @throws PondException.NotFound when there is none
   */
  static OpenPond open(CommandContext context) {
    PondLayout layout = new PondLayout(context.requirePond());
    try (Stats.Phase _ = context.stats().phase("open")) {
      OplogStore store = OplogStore.open(layout, context.clock());
      return new OpenPond(context, layout, store);
    }
  }

  /** Answers where ids of new nodes and transactions come from. */
  static UuidV7 ids(CommandContext context) {
    return new UuidV7(context.clock(), RandomGenerator.of("SecureRandom"));
  }

  PondLayout layout() {
    return layout;
  }

  Steward steward() {
    return steward;
  }

  /** Answers the factories of the pond's computed nodes. */
  FactoryRegistry factories() {
    return factories;
  }

  /**
   * Opens the newest state, or an earlier one.
   *
   * @param asOf the number of a transaction, or a time as {@link TimeText} reads it
   */
  PondTree read(Optional<String> asOf) {
    if (asOf.isEmpty()) {
      return steward.read();
    }
    String text = asOf.get();
    if (text.matches("[0-9]{1," + MAX_TXN_DIGITS + "}")) {
      return steward.readAt(new TxnSeq(Long.parseLong(text)));
    }
    return steward.readAt(asOfTime(text));
  }

  /** Answers who writes, for a transaction of this command. */
  WriteRequest writeRequest() {
    return new WriteRequest(
        context.commandLine(),
        context.environment().userName(),
        context.environment().hostName(),
        context.settings().lockTimeout());
  }

  /** Answers a directory for temporary files of this process, made when first asked for. */
  Path scratch() {
    return store.runDirectory();
  }

  /** Opens the SQL engine for files in {@code directory} alone; the caller closes it. */
  DuckSession engine(Path directory) {
    return DuckSession.open(
        DuckOptions.builder(scratch().resolve("spill"))
            .threads(context.settings().threads())
            .memoryLimitBytes(context.settings().memoryLimitBytes())
            .allowDirectory(directory)
            .build());
  }

  /** Opens the SQL engine for rows that the command itself makes; the caller closes it. */
  QuerySession queryWithoutTree() {
    return QuerySession.openWithoutPond(options().build());
  }

  /** Opens the SQL engine over a tree of this pond; the caller closes it. */
  QuerySession query(PondTree tree, List<PondUrl> hostUrls) {
    return query(tree, options().hostFilesOf(hostUrls));
  }

  /**
   * Opens the SQL engine over a tree, to write into a directory too; the caller closes it.
   *
   * @param maxThreads to use, when that is less than the settings say
   */
  QuerySession export(PondTree tree, Path directory, int maxThreads) {
    int threads = Math.min(maxThreads, context.settings().threads());
    return query(tree, options().threads(threads).pondDirectory(directory));
  }

  private QuerySession query(PondTree tree, QueryOptions.Builder options) {
    try (Stats.Phase _ = context.stats().phase("engine")) {
      return QuerySession.open(
          options
              .pondDirectory(layout.blobs())
              .pondDirectory(layout.cache())
              .pondDirectory(layout.data())
              .build(),
          tree);
    }
  }

  private QueryOptions.Builder options() {
    return QueryOptions.builder(scratch())
        .threads(context.settings().threads())
        .memoryLimitBytes(context.settings().memoryLimitBytes())
        .notices(context::warn)
        .cache(
            new QueryOptions.CacheOptions(
                layout.cache().resolve("converted"),
                QueryOptions.CacheOptions.DEFAULT_LIMIT_BYTES,
                context.clock()))
        .rollups(
            new QueryOptions.RollupOptions(
                layout.cache().resolve("rollups"),
                QueryOptions.RollupOptions.DEFAULT_LIMIT_BYTES,
                QueryOptions.RollupOptions.DEFAULT_MIN_SOURCE_ROWS,
                context.clock()));
  }

  @Override
  public void close() {
    ReadCost cost = store.readCost();
    context.stats().add(Stats.Counter.DELTA_VERSIONS_READ, cost.deltaVersions());
    context.stats().add(Stats.Counter.CACHE_HITS, cost.cacheHits());
    steward.close();
  }

  private static Instant asOfTime(String text) {
    try {
      return TimeText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new PondException.Usage(
          "--as-of cannot be read",
          String.valueOf(e.getMessage()),
          "Give the number of a transaction ('pond log' lists them) or a time.");
    }
  }
}
