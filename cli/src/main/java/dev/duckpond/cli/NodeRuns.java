package dev.duckpond.cli;

import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Freshness;
import dev.duckpond.steward.Redaction;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs nodes of a pond, each at most once at a time, and remembers how that ended.
 *
 * <p>What is remembered is a run that does what {@code run --all} does: one without words, or with
 * {@code collect} alone. {@code collect} with more words does a part of it: it is not done beside
 * another run, and tells how new the data is and whether it failed, but not that all went well.
 * Other words ask something, and neither wait nor are remembered; nor is a word that is not
 * understood.
 */
final class NodeRuns {
  private static final String COLLECT = "collect";

  /** How much of what a node collects a run is to collect. */
  private enum Extent {
    ALL,
    PART,
    NOTHING
  }

  private final CommandContext context;
  private final RunGround ground;
  private final Path directory;

  NodeRuns(CommandContext context, RunGround ground) {
    this.context = context;
    this.ground = ground;
    this.directory = directory(ground.requirePond());
  }

  /** Answers where a pond remembers how runs ended. */
  static Path directory(OpenPond pond) {
    return pond.layout().cache().resolve("runs");
  }

  /**
   * Runs a node to its end.
   *
   * @param opening opens the node; that it cannot be opened is remembered like a failed run
   * @throws PondException.Locked when another process runs it
   */
  void run(PondPath path, Supplier<ExecutableNode> opening, List<String> arguments)
      throws IOException {
    Extent extent = extent(arguments);
    Optional<RunKey> key = RunKey.find(ground.requirePond().read(Optional.empty()), path);
    if (extent == Extent.NOTHING || key.isEmpty()) {
      ground.run(opening.get(), arguments);
      return;
    }
    Files.createDirectories(directory);
    String name = key.get().fileName();
    try (FileChannel file =
            FileChannel.open(
                directory.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = findLock(file).orElseThrow(() -> isBeingRun(path))) {
      Past past = new Past(key.get(), directory.resolve(name + ".json"));
      Optional<ExecutableNode> opened = Optional.empty();
      try {
        opened = Optional.of(opening.get());
        ground.run(opened.get(), arguments);
      } catch (PondException.Usage e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        remember(past, opened, Optional.of(e), extent);
        throw e;
      }
      remember(past, opened, Optional.empty(), extent);
    }
  }

  private static Extent extent(List<String> arguments) {
    if (arguments.isEmpty() || arguments.equals(List.of(COLLECT))) {
      return Extent.ALL;
    }
    return arguments.getFirst().equals(COLLECT) ? Extent.PART : Extent.NOTHING;
  }

  private static Optional<FileLock> findLock(FileChannel file) throws IOException {
    try {
      return Optional.ofNullable(file.tryLock());
    } catch (OverlappingFileLockException e) {
      // Another thread of this process; told as any other.
      return Optional.empty();
    }
  }

  private static PondException isBeingRun(PondPath path) {
    return new PondException.Locked(
        "'" + path + "' is being run by another process",
        "",
        "Wait until that run has ended; what it brings in need not be fetched twice.");
  }

  /** What is remembered of a node. */
  private record Past(RunKey key, Path file) {}

  /** Remembers for 'pond status'; a run that went well is not to fail for it. */
  private void remember(
      Past past, Optional<ExecutableNode> node, Optional<Exception> failure, Extent extent) {
    Optional<Instant> now = Optional.of(context.clock().instant());
    Optional<RunRecord> before = RunRecord.find(past.file());
    boolean isSuccess = failure.isEmpty() && extent == Extent.ALL;
    try {
      new RunRecord(
              past.key(),
              isSuccess ? now : before.flatMap(RunRecord::lastSuccess),
              failure.isPresent() ? now : before.flatMap(RunRecord::lastFailure),
              failure
                  .map(e -> Redaction.of(context.commandLine()).clean(sentence(e)))
                  .or(() -> before.map(RunRecord::error))
                  .orElse(""),
              node.flatMap(this::freshness).or(() -> before.flatMap(RunRecord::freshness)))
          .write(past.file());
    } catch (IOException | PondException e) {
      context.warn("how the run ended cannot be remembered: " + e.getMessage());
    }
  }

  /** Asks how new the data is; that this cannot be told is not to hide how the run ended. */
  private Optional<Freshness> freshness(ExecutableNode node) {
    try {
      return node.freshness(ground.requirePond().read(Optional.empty()));
    } catch (PondException e) {
      context.warn("how new the data is cannot be told: " + sentence(e));
      return Optional.empty();
    }
  }

  private static String sentence(Exception e) {
    String text =
        e instanceof PondException known
            ? known.problem() + (known.reason().isEmpty() ? "" : ": " + known.reason())
            : e.getClass().getSimpleName() + ": " + e.getMessage();
    return text.replaceAll("\\s+", " ");
  }
}
