package dev.duckpond.collect;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.factories.Factories;
import dev.duckpond.factories.Kind;
import dev.duckpond.factories.KindSource;
import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Execution;
import dev.duckpond.query.QueryOptions;
import dev.duckpond.query.QuerySession;
import dev.duckpond.steward.Steward;
import dev.duckpond.steward.WriteRequest;
import dev.duckpond.testkit.FakeClock;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.UuidV7;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A pond on disk in which collectors run, with a clock that tests set and retries that do not wait.
 * A run may be ended, as if the process were killed, before or after one of its commits.
 */
final class CollectPond implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** Stands for the end of the process. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What a run said, and how it ended. */
  record Ran(List<String> printed, List<String> warned, Optional<PondException> failure) {
    String text() {
      return String.join("\n", printed)
          + "\n"
          + String.join("\n", warned)
          + failure.map(e -> "\n" + e.getMessage()).orElse("");
    }

    Ran requireDone() {
      failure.ifPresent(e -> {
        throw new AssertionError("the run failed: " + e.getMessage(), e);
      });
      return this;
    }
  }

  private final PondLayout layout;
  private final FakeClock clock = new FakeClock(START);
  private final Map<String, String> environment = new HashMap<>();
  private final FactoryRegistry factories;
  private final List<Duration> pauses = new ArrayList<>();
  private Duration attemptTimeout = Duration.ofSeconds(20);
  private long memoryLimitBytes = DuckOptions.DEFAULT_MEMORY_LIMIT_BYTES;
  private OplogStore store;
  private Steward steward;
  private final Commitments commitments = new Commitments();

  private CollectPond(PondLayout layout) {
    this.layout = layout;
    this.store = OplogStore.open(layout, clock);
    this.factories =
        new Factories(List.of(new TestKinds()))
            .registry(name -> Optional.ofNullable(environment.get(name)));
    this.steward = openSteward();
  }

  /** Makes an empty pond below a directory. */
  static CollectPond create(Path directory) {
    PondLayout layout = new PondLayout(directory.resolve("pond"));
    try {
      EmptyPond.copyTo(layout.root());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CollectPond(layout);
  }

  /** The kinds as they are, but for waiting. */
  private final class TestKinds implements KindSource {
    private final CollectKinds real = new CollectKinds();

    @Override
    public List<String> names() {
      return real.names();
    }

    @Override
    public Kind<?> make(String name) {
      return name.equals(HydroVuKind.NAME) ? new HydroVuKind(rules()) : real.make(name);
    }
  }

  private HttpRules rules() {
    RetryRules usual = RetryRules.USUAL;
    return new HttpRules(
        new RetryRules(usual.attempts(), usual.firstPause(), usual.longestPause(), attemptTimeout),
        length -> {
          pauses.add(length);
          clock.advance(length);
        },
        RandomGenerator.of("L64X128MixRandom"));
  }

  private Steward openSteward() {
    return new Steward(
        layout,
        store,
        factories,
        clock,
        new UuidV7(clock, RandomGenerator.of("SecureRandom")),
        List.of());
  }

  /** Closes the pond and opens it as another process would. */
  void reopen() {
    steward.close();
    store = OplogStore.open(layout, clock);
    steward = openSteward();
  }

  CollectPond variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Gives up an attempt of a call after so long; before the first run. */
  CollectPond attemptTimeout(Duration length) {
    attemptTimeout = length;
    return this;
  }

  /** Lets the engine hold no more than this in memory. */
  CollectPond memoryLimitBytes(long bytes) {
    memoryLimitBytes = bytes;
    return this;
  }

  FakeClock clock() {
    return clock;
  }

  /** Lists how long runs have waited. */
  List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  Path root() {
    return layout.root();
  }

  /** Does something once, just before a run begins its next commit; others may write then. */
  void beforeNextCommit(Runnable action) {
    commitments.beforeNext(action);
  }

  /** Ends the next run where it would begin its n-th commit, from 1. */
  void killBeforeCommit(int number) {
    commitments.killBefore(number);
  }

  /** Ends the next run right after its n-th commit. */
  void killAfterCommit(int number) {
    commitments.killAfter(number);
  }

  void killNoMore() {
    commitments.killNoMore();
  }

  /** Tells how many commits the last run made. */
  int commits() {
    return commitments.count();
  }

  /** Checks a configuration as {@code mknod} does. */
  void check(String factory, String yaml) {
    factories.find(factory).orElseThrow().check(config(yaml));
  }

  private static NodeFactory.NodeConfig config(String yaml) {
    return config("/system/run/node", yaml);
  }

  private static NodeFactory.NodeConfig config(String path, String yaml) {
    return new NodeFactory.NodeConfig(PondPath.of(path), yaml, "node.yaml");
  }

  /** A change of the pond, in one transaction. */
  interface Change {
    void make(Draft draft) throws IOException;
  }

  void change(Change change) {
    steward.write(
        new WriteRequest(List.of("test"), "ada", "station", Duration.ofSeconds(5)),
        draft -> {
          change.make(draft);
          return true;
        });
  }

  /** Makes a node in the pond. */
  void make(String path, String factory, String yaml) {
    PondPath at = PondPath.of(path);
    NodeFactory known = factories.find(factory).orElseThrow();
    byte[] text = yaml.getBytes(StandardCharsets.UTF_8);
    change(draft -> {
      draft.edit().makeDirectories(at.parent());
      draft
          .edit()
          .writeConfig(
              at, known, draft.stage(new ByteArrayInputStream(text), known.entryType()), text);
    });
  }

  /** Runs a node with a configuration, which may be in the pond or not. */
  Ran run(String factory, String yaml, String... arguments) {
    return runAt("/system/run/node", factory, yaml, arguments);
  }

  Ran runAt(String path, String factory, String yaml, String... arguments) {
    commitments.restart();
    List<String> printed = new ArrayList<>();
    List<String> warned = new ArrayList<>();
    NodeFactory known = factories.find(factory).orElseThrow();
    try (TestExecution execution = new TestExecution(this, List.of(arguments), printed, warned)) {
      known.check(config(path, yaml));
      ((ExecutableNode) known.open(config(path, yaml), steward.read())).run(execution);
      return new Ran(printed, warned, Optional.empty());
    } catch (PondException e) {
      return new Ran(printed, warned, Optional.of(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run of nothing yet, and what is warned of in it. */
  record Said(Execution execution, List<String> warned) {}

  /** Begins a run that a test does itself. */
  Said execution() {
    List<String> warned = new ArrayList<>();
    return new Said(new TestExecution(this, List.of(), new ArrayList<>(), warned), warned);
  }

  Commitments commitments() {
    return commitments;
  }

  Path scratch() {
    return store.runDirectory();
  }

  QuerySession session(PondTree tree) {
    return QuerySession.open(
        QueryOptions.builder(store.runDirectory())
            .threads(2)
            .memoryLimitBytes(memoryLimitBytes)
            .pondDirectory(layout.blobs())
            .pondDirectory(layout.cache())
            .pondDirectory(layout.data())
            .build(),
        tree);
  }

  PondTree tree() {
    return steward.read();
  }

  Steward steward() {
    return steward;
  }

  List<NodeVersion> versions(String path) {
    return tree()
        .find(PondPath.of(path))
        .flatMap(node -> node.findEntry())
        .map(entry -> tree().snapshot().listVersions(entry.node()))
        .orElse(List.of());
  }

  /**
   * Answers a series: by instant in seconds, the values by column. Fails when an instant comes
   * twice or the rows are not in order.
   */
  Map<Long, Map<String, Double>> rows(String path) {
    PondPath at = PondPath.of(path);
    PondTree tree = tree();
    if (tree.find(at).isEmpty()) {
      return Map.of();
    }
    try (QuerySession session = session(tree)) {
      return SeriesRows.read(session, path, session.relation(at, tree.require(at)));
    }
  }

  /** Answers the single number that a query over a series, called {@code source}, gives. */
  long number(String path, String select) {
    PondTree tree = tree();
    try (QuerySession session = session(tree)) {
      session.register(
          "source",
          session.relation(PondPath.of(path), tree.require(PondPath.of(path))),
          TimeRange.ALL);
      Sql sql = new SqlBuilder().append(session.prepare(select)).build();
      return session.duck().list(sql, row -> row.longValue(0)).getFirst();
    }
  }

  /** Tells whether any file of the pond holds a text. */
  boolean holds(String text) throws IOException {
    // A byte is a character here, in files that are no text too.
    String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    try (var files = Files.walk(layout.root())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    steward.close();
  }
}
