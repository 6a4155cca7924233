package dev.duckpond.cli;

import dev.duckpond.query.ExecutableNode;
import dev.duckpond.tinyfs.MemoryStore;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run stands on: a pond, or this machine alone. Closing ends everything. */
final class RunGround implements AutoCloseable {
  private final CommandContext context;
  private final Optional<OpenPond> pond;
  private @Nullable Path scratch;

  private RunGround(CommandContext context, Optional<OpenPond> pond) {
    this.context = context;
    this.pond = pond;
  }

  /** Opens the pond, which must be there. */
  static RunGround open(CommandContext context) {
    return new RunGround(context, Optional.of(OpenPond.open(context)));
  }

  /** Opens the pond when there is one. */
  static RunGround openIfThere(CommandContext context) {
    return context.locator().find().isPresent()
        ? open(context)
        : new RunGround(context, Optional.empty());
  }

  /**
   * Answers the pond.
   *
   * @throws dev.duckpond.tinyfs.PondException.NotFound when there is none, naming the ways to say
   *     where it is
   */
  OpenPond requirePond() {
    return pond.orElseGet(() -> OpenPond.open(context));
  }

  /** Answers the tree of the pond, or one with nothing in it. */
  PondTree treeOrEmpty() {
    return pond.map(there -> there.read(Optional.empty())).orElseGet(this::empty);
  }

  /** Answers a directory for temporary files. */
  Path scratch() throws IOException {
    if (pond.isPresent()) {
      return pond.get().scratch();
    }
    if (scratch == null) {
      scratch = Files.createTempDirectory("pond-");
    }
    return scratch;
  }

  /** Runs a node to its end. */
  void run(ExecutableNode node, List<String> arguments) throws IOException {
    try (PondExecution execution = new PondExecution(context, this, arguments, scratch())) {
      node.run(execution);
    }
  }

  private PondTree empty() {
    UuidV7 ids = OpenPond.ids(context);
    Instant now = context.clock().instant();
    MemoryStore store =
        MemoryStore.create(
            new PondIdentity(new PondId(ids.next()), "", now),
            new TransactionInfo(TxnSeq.NONE.next(), new TxnId(ids.next()), List.of(), "", "", now),
            new NodeId(ids.next()),
            context.clock(),
            Path.of(""));
    return new PondTree(store.latest(), context.factories());
  }

  @Override
  public void close() {
    pond.ifPresent(OpenPond::close);
    if (scratch != null) {
      try {
        HostTree.delete(scratch);
      } catch (IOException e) {
        context.warn("temporary files stay in " + scratch);
      }
    }
  }
}
