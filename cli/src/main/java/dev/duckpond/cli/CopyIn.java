package dev.duckpond.cli;

import dev.duckpond.query.TerminalText;
import dev.duckpond.query.TimeHints;
import dev.duckpond.steward.WriteResult;
import dev.duckpond.steward.WriteTransaction;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Copies files of this machine into the pond, all of them in one transaction. */
final class CopyIn {
  private final CommandContext context;
  private final OpenPond pond;
  private final TimeHints hints;

  CopyIn(CommandContext context, OpenPond pond, TimeHints hints) {
    this.context = context;
    this.pond = pond;
    this.hints = hints;
  }

  ExitCode run(List<HostSource> sources, String destination, Doing doing) {
    return switch (doing) {
      case DRY_RUN -> plan(sources, destination);
      case REALLY -> copy(sources, destination);
    };
  }

  private ExitCode plan(List<HostSource> sources, String destination) {
    Destination target = Destination.of(pond.steward().read(), destination);
    for (IntakePlan.Item item : IntakePlan.of(sources, target).items()) {
      context
          .out()
          .line(item.source().label() + " -> " + TerminalText.escaped(item.target().toString()));
    }
    return ExitCode.DONE;
  }

  /** What went in. */
  private record Copied(int files, long rows, long bytes) {
    private static final Copied NOTHING = new Copied(0, 0, 0);

    Copied and(NodeVersion version) {
      return new Copied(
          files + 1, rows + version.facts().rowCount().orElse(0), bytes + version.sizeBytes());
    }
  }

  private ExitCode copy(List<HostSource> sources, String destination) {
    WriteResult<Copied> result;
    try (Stats.Phase _ = context.stats().phase("copy");
        Intake intake = new Intake(context, pond.scratch(), hints, sources)) {
      result =
          pond.steward()
              .write(
                  pond.writeRequest(),
                  transaction -> copy(transaction, intake, sources, destination));
    }
    Copied copied = result.value();
    context.stats().add(Stats.Counter.FILES_OPENED, copied.files());
    context.stats().add(Stats.Counter.BYTES_READ, copied.bytes());
    context.stats().add(Stats.Counter.ROWS, copied.rows());
    context.note(summary(result));
    return ExitCode.DONE;
  }

  private Copied copy(
      WriteTransaction transaction, Intake intake, List<HostSource> sources, String destination)
      throws IOException {
    PondTree tree = transaction.edit().tree();
    IntakePlan plan = IntakePlan.of(sources, Destination.of(tree, destination));
    plan.skipped().forEach(path -> context.warn(path + " is skipped: it is not a regular file"));
    plan.directories().forEach(directory -> makeDirectory(transaction, directory, destination));
    Copied copied = Copied.NOTHING;
    int done = 0;
    try (Progress.Task task = context.progress().begin("copying", "files", plan.items().size())) {
      for (IntakePlan.Item item : plan.items()) {
        if (context.interruption().isRequested()) {
          throw new PondException.Usage("interrupted", "", "Nothing was copied.");
        }
        copied = copied.and(copy(transaction, intake, item));
        task.advanceTo(++done);
      }
    }
    return copied;
  }

  /** Makes what a directory source or a trailing slash asks for; what lies above must be there. */
  private static void makeDirectory(
      WriteTransaction transaction, PondPath directory, String destination) {
    if (destination.endsWith("/")) {
      transaction.edit().makeDirectories(directory);
    } else if (transaction.edit().tree().find(directory).isEmpty()) {
      transaction.edit().makeDirectory(directory);
    }
  }

  private NodeVersion copy(WriteTransaction transaction, Intake intake, IntakePlan.Item item)
      throws IOException {
    PondTree tree = transaction.edit().tree();
    Optional<EntryType> there =
        tree.find(item.target()).map(Node::type).filter(EntryType::isStored);
    Intake.Accepted accepted = intake.accept(item, there, tree);
    StagedContent staged = stage(transaction, accepted.file(), accepted.type(), item);
    return transaction.edit().write(item.target(), accepted.type(), staged, accepted.facts());
  }

  private static StagedContent stage(
      WriteTransaction transaction, Path file, EntryType type, IntakePlan.Item item)
      throws IOException {
    FileMark before = FileMark.of(file);
    StagedContent staged;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      staged = transaction.stage(in, type);
    } catch (AccessDeniedException e) {
      throw new PondException.Failed(
          "'" + item.source().label() + "' cannot be read",
          "permission denied",
          "Give this user read permission, or leave the file out.",
          e);
    }
    if (!before.equals(FileMark.of(file)) || staged.sizeBytes() != before.sizeBytes()) {
      throw new PondException.Conflict(
          "'" + item.source().label() + "' changed while it was copied",
          "somebody writes to it",
          "Copy it again when it is complete.");
    }
    return staged;
  }

  /** What tells that a file was written to meanwhile. */
  private record FileMark(long sizeBytes, long modifiedMillis) {
    static FileMark of(Path file) throws IOException {
      return new FileMark(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }
  }

  private static String summary(WriteResult<Copied> result) {
    Copied copied = result.value();
    String what =
        "copied "
            + copied.files()
            + (copied.files() == 1 ? " file, " : " files, ")
            + (copied.rows() == 0 ? "" : copied.rows() + " rows, ")
            + SizeText.format(copied.bytes());
    return switch (result) {
      case WriteResult.Written<Copied> written ->
          what + " in transaction " + written.transaction().info().seq();
      case WriteResult.Unchanged<Copied> unchanged -> "there was nothing to copy";
    };
  }
}
