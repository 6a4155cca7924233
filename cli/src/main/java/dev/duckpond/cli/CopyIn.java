package dev.duckpond.cli;

import dev.duckpond.query.TerminalText;
import dev.duckpond.query.TimeHints;
import dev.duckpond.steward.WriteResult;
import dev.duckpond.steward.WriteTransaction;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.Visibility;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Copies files of this machine into the pond, all of them in one transaction. */
final class CopyIn {
  private final CommandContext context;
  private final OpenPond pond;
  private final TimeHints hints;
  private Interruption.Registration underWay = () -> {};

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
    for (IntakePlan.Item item : plan(pond.steward().read(), sources, destination).items()) {
      context.out().line(TerminalText.escaped(item.source().label() + " -> " + item.target()));
    }
    return ExitCode.DONE;
  }

  private IntakePlan plan(PondTree tree, List<HostSource> sources, String destination) {
    sources.forEach(source -> requireThere(source, tree));
    return plan(sources, Destination.of(tree, destination));
  }

  private IntakePlan plan(List<HostSource> sources, Destination destination) {
    IntakePlan plan = IntakePlan.of(sources, destination, PondGround.of(pond.layout()));
    plan.skipped()
        .forEach(left -> context.warn("'" + left.label() + "' is skipped: " + left.reason()));
    return plan;
  }

  private static void requireThere(HostSource source, PondTree tree) {
    boolean inPond =
        !Files.exists(source.path())
            && source.label().startsWith("/")
            && !PathChoice.list(tree, source.label(), Visibility.VISIBLE_ONLY).isEmpty();
    if (inPond) {
      throw new PondException.Usage(
          "'" + source.label() + "' is in the pond and not on this machine",
          "copy goes from this machine into the pond, or from the pond to host:///",
          "End with 'host:///DIR' to copy out, or use mv to rename.");
    }
  }

  /** What went in. */
  private record Copied(int files, long rows, long bytesRead, long bytes) {
    private static final Copied NOTHING = new Copied(0, 0, 0, 0);

    Copied and(long sourceBytes, NodeVersion version) {
      return new Copied(
          files + 1,
          rows + version.facts().rowCount().orElse(0),
          bytesRead + sourceBytes,
          bytes + version.sizeBytes());
    }
  }

  private ExitCode copy(List<HostSource> sources, String destination) {
    WriteResult<Copied> result;
    try (Stats.Phase _ = context.stats().phase("copy");
        Intake intake = new Intake(context, pond.scratch(), hints)) {
      result =
          pond.steward()
              .write(
                  pond.writeRequest(),
                  transaction -> {
                    // Ctrl-C waits for what follows to end: the copying looks now and then whether
                    // it is to stop. It does not wait for the lock of another writer.
                    underWay = context.interruption().register(() -> {});
                    return copy(transaction, intake, sources, destination);
                  });
    } finally {
      underWay.close();
    }
    Copied copied = result.value();
    context.stats().add(Stats.Counter.FILES_OPENED, copied.files());
    context.stats().add(Stats.Counter.BYTES_READ, copied.bytesRead());
    context.stats().add(Stats.Counter.BYTES_WRITTEN, copied.bytes());
    context.stats().add(Stats.Counter.ROWS, copied.rows());
    context.note(summary(result));
    return ExitCode.DONE;
  }

  private Copied copy(
      WriteTransaction transaction, Intake intake, List<HostSource> sources, String destination)
      throws IOException {
    PondTree tree = transaction.edit().tree();
    IntakePlan plan = plan(tree, sources, destination);
    intake.begin(plan);
    plan.directories().forEach(directory -> makeDirectory(transaction, directory, destination));
    Copied copied = Copied.NOTHING;
    int done = 0;
    try (Progress.Task task = context.progress().begin("copying", "files", plan.items().size())) {
      for (IntakePlan.Item item : plan.items()) {
        requireGoingOn();
        copied = copied.and(Files.size(item.source().path()), copy(transaction, intake, item));
        task.advanceTo(++done);
      }
    }
    return copied;
  }

  /**
   * Makes a path hold what a file or directory of this machine holds, in a transaction that the
   * caller has begun. A file whose content is the newest version already is left as it is.
   */
  NodeWriter.Outcome bring(WriteTransaction transaction, String source, PondPath target)
      throws IOException {
    HostSource host = HostSource.parse(context, source, CopyAs.AUTO);
    PondTree tree = transaction.edit().tree();
    requireThere(host, tree);
    boolean wasThere = tree.find(target).isPresent();
    boolean isDirectory = Files.isDirectory(host.path());
    transaction.edit().makeDirectories(isDirectory ? target : target.parent());
    IntakePlan plan = plan(List.of(host), Destination.exactly(target));
    boolean isChanged = false;
    try (Intake intake = new Intake(context, pond.scratch(), hints)) {
      intake.begin(plan);
      plan.directories().forEach(directory -> transaction.edit().makeDirectories(directory));
      for (IntakePlan.Item item : plan.items()) {
        requireGoingOn();
        if (!isNewest(tree, item)) {
          copy(transaction, intake, item);
          isChanged = true;
        }
      }
    }
    if (!wasThere) {
      return NodeWriter.Outcome.CREATED;
    }
    return isChanged ? NodeWriter.Outcome.UPDATED : NodeWriter.Outcome.UNCHANGED;
  }

  private static boolean isNewest(PondTree tree, IntakePlan.Item item) throws IOException {
    Optional<NodeVersion> newest = tree.find(item.target()).flatMap(Node::findVersion);
    if (newest.isEmpty() || newest.get().sizeBytes() != Files.size(item.source().path())) {
      return false;
    }
    MessageDigest digest = ContentHash.newDigest();
    try (InputStream in = Files.newInputStream(item.source().path());
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    }
    return ContentHash.finish(digest).equals(newest.get().hash());
  }

  private void requireGoingOn() {
    if (context.interruption().isRequested()) {
      throw new PondException.Usage("interrupted", "", "Nothing was copied.");
    }
  }

  /** Stops in the middle of a file, too, which may be large. */
  private final class Stoppable extends FilterInputStream {
    Stoppable(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      requireGoingOn();
      return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      requireGoingOn();
      return super.read(buffer, offset, length);
    }
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
    if (!accepted.file().equals(item.source().path())) {
      Files.delete(accepted.file());
    }
    return transaction.edit().write(item.target(), accepted.type(), staged, accepted.facts());
  }

  private StagedContent stage(
      WriteTransaction transaction, Path file, EntryType type, IntakePlan.Item item)
      throws IOException {
    FileMark before = FileMark.of(file);
    StagedContent staged;
    try (InputStream in = new BufferedInputStream(new Stoppable(Files.newInputStream(file)))) {
      staged = transaction.stage(in, type);
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
            + Counted.of(copied.files(), "file")
            + ", "
            + (copied.rows() == 0 ? "" : Counted.of(copied.rows(), "row") + ", ")
            + SizeText.format(copied.bytes());
    return switch (result) {
      case WriteResult.Written<Copied> written ->
          what + " in transaction " + written.transaction().info().seq();
      case WriteResult.Unchanged<Copied> unchanged -> "there was nothing to copy";
    };
  }
}
