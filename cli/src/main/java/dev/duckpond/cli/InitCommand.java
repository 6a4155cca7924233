package dev.duckpond.cli;

import dev.duckpond.oplog.OplogStore;
import dev.duckpond.oplog.PondLayout;
import dev.duckpond.steward.Redaction;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import dev.duckpond.tinyfs.TransactionInfo;
import dev.duckpond.tinyfs.TxnId;
import dev.duckpond.tinyfs.TxnSeq;
import dev.duckpond.tinyfs.UuidV7;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    header = "pond --pond /srv/harbour init --birthplace harbour-office",
    description = {
      "Makes an empty pond in --pond DIR or $$POND.",
      "The label and a new id are recorded for ever; every copy of the pond carries them."
    })
final class InitCommand implements PondCommand {
  @Option(
      names = "--birthplace",
      paramLabel = "LABEL",
      description = "where the pond is made; by default the name of this machine")
  @Nullable String birthplace;

  @Override
  public String pondOption() {
    return "where the pond is to be; else $$POND";
  }

  @Override
  public ExitCode run(CommandContext context) {
    PondLayout layout =
        new PondLayout(
            context
                .locator()
                .findNamed()
                .orElseThrow(() ->
                    new PondException.Usage(
                        "init needs to know where",
                        "neither --pond nor $POND is given",
                        "pond --pond DIR init")));
    requireRoom(layout.root());
    if (birthplace != null && birthplace.isBlank()) {
      throw new PondException.Usage(
          "--birthplace is empty", "", "Leave it out for the name of this machine.");
    }
    UuidV7 ids = OpenPond.ids(context);
    PondIdentity identity =
        new PondIdentity(
            new PondId(ids.next()),
            birthplace == null ? context.environment().hostName() : birthplace,
            context.clock().instant());
    TransactionInfo first =
        new TransactionInfo(
            TxnSeq.NONE.next(),
            new TxnId(ids.next()),
            Redaction.of(context.commandLine()).args(),
            context.environment().userName(),
            context.environment().hostName(),
            context.clock().instant());
    try (OplogStore store =
        OplogStore.create(layout, identity, first, new NodeId(ids.next()), context.clock())) {
      store.controlLog().rebuildFrom(store.latest());
    }
    context.note(
        "made pond " + identity.id() + " (" + identity.birthplace() + ") in " + layout.root());
    return ExitCode.DONE;
  }

  private static void requireRoom(Path root) {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new PondException.Conflict(
          "no pond can be made in " + root, "it is a file", "Name a directory, or a new one.");
    }
  }
}
