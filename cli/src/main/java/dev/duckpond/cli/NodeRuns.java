package dev.duckpond.cli;

import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Freshness;
import dev.duckpond.steward.Redaction;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs nodes of a pond, each at most once at a time, and remembers how that ended.
 *
 * <p>What counts is a run that does what {@code run --all} does: one without words, or with {@code
 * collect}. Other words ask something, and neither wait nor are remembered.
 */
final class NodeRuns {
  private static final String COLLECT = "collect";
  private static final int NAME_DIGITS = 16;

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
   * @throws PondException.Locked when another process runs it
   */
  void run(String path, ExecutableNode node, List<String> arguments) throws IOException {
    boolean counts = arguments.isEmpty() || arguments.getFirst().equals(COLLECT);
    if (!counts) {
      ground.run(node, arguments);
      return;
    }
    Files.createDirectories(directory);
    String name =
        ContentHash.of(path.getBytes(StandardCharsets.UTF_8)).hex().substring(0, NAME_DIGITS);
    try (FileChannel file =
            FileChannel.open(
                directory.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = lock(path, file)) {
      Path record = directory.resolve(name + ".json");
      try {
        ground.run(node, arguments);
      } catch (PondException e) {
        remember(path, node, record, Optional.of(e));
        throw e;
      }
      remember(path, node, record, Optional.empty());
    }
  }

  private static FileLock lock(String path, FileChannel file) throws IOException {
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process; told as any other.
      lock = null;
    }
    if (lock == null) {
      throw new PondException.Locked(
          "'" + path + "' is being run by another process",
          "",
          "Wait until that run has ended; what it brings in need not be fetched twice.");
    }
    return lock;
  }

  /** Remembers for 'pond status'; a run that went well is not to fail for it. */
  private void remember(
      String path, ExecutableNode node, Path file, Optional<PondException> failure) {
    Instant now = context.clock().instant();
    Optional<RunRecord> before = RunRecord.find(file);
    try {
      Optional<Freshness> freshness = node.freshness(ground.requirePond().read(Optional.empty()));
      new RunRecord(
              path,
              failure.isEmpty() ? Optional.of(now) : before.flatMap(RunRecord::lastSuccess),
              failure.isPresent() ? Optional.of(now) : before.flatMap(RunRecord::lastFailure),
              failure
                  .map(e -> Redaction.of(context.commandLine()).clean(sentence(e)))
                  .or(() -> before.map(RunRecord::error))
                  .orElse(""),
              freshness)
          .write(file);
    } catch (IOException | PondException e) {
      context.warn("how the run ended cannot be remembered: " + e.getMessage());
    }
  }

  private static String sentence(PondException e) {
    String text = e.problem() + (e.reason().isEmpty() ? "" : ": " + e.reason());
    return text.replaceAll("\\s+", " ");
  }
}
