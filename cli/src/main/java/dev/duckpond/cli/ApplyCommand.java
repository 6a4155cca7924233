package dev.duckpond.cli;

import dev.duckpond.config.Variables;
import dev.duckpond.query.TimeHints;
import dev.duckpond.steward.WriteTransaction;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "apply",
    header = {"pond apply -f harbour.yaml", "pond apply -f nodes.yaml reduce.yaml --dry-run"},
    description = {
      "Makes the pond hold what documents of YAML describe, in one transaction.",
      "A document has a kind (mkdir, copy or mknod), a path in metadata.path, and a spec: source"
          + " for copy, factory and config for mknod. All are checked first. Applied again, what is"
          + " the same stays as it is."
    })
final class ApplyCommand implements PondCommand {
  @Option(
      names = {"-f", "--file"},
      arity = "1..*",
      paramLabel = "FILE",
      required = true,
      description = "the documents; - reads standard input")
  List<String> files = List.of();

  @Option(names = "--dry-run", description = "print what would change, and change nothing")
  boolean dryRun;

  @Mixin VariableOptions variables = new VariableOptions();
  @Mixin DataOptions data = new DataOptions();
  @Mixin LockOptions lock = new LockOptions();

  @Override
  public ExitCode run(CommandContext context) {
    List<ApplyDocument> documents = new ArrayList<>();
    Variables environment = Variables.forUse(context.environment()::findVariable);
    Map<String, String> texts = new LinkedHashMap<>();
    files.forEach(file -> texts.put(file, ConfigFile.read(context, file)));
    String all = String.join("\n", texts.values());
    variables.requireUsed(all, String.join("', '", files));
    texts.forEach((file, text) ->
        documents.addAll(
            ApplyDocument.readAll(
                ConfigFile.label(file), variables.expand(text, file), environment)));
    Map<PondPath, NodeWriter.Outcome> outcomes = new LinkedHashMap<>();
    try (OpenPond pond = OpenPond.open(context)) {
      NodeWriter writer = new NodeWriter(pond);
      check(context, documents, writer);
      pond.steward()
          .write(
              pond.writeRequest(),
              transaction -> {
                if (dryRun) {
                  transaction.rehearse();
                }
                apply(context, pond, transaction, writer, documents, outcomes);
                return outcomes.size();
              });
    }
    outcomes.forEach((path, outcome) ->
        context.out().line(outcome.word() + " ".repeat(10 - outcome.word().length()) + path));
    return ExitCode.DONE;
  }

  /** Looks at every configuration before the first is written. */
  private static void check(
      CommandContext context, List<ApplyDocument> documents, NodeWriter writer) {
    for (ApplyDocument document : documents) {
      if (document instanceof ApplyDocument.Computed computed) {
        try {
          embed(context, writer, computed);
        } catch (PondException.Invalid e) {
          throw computed.origin().located(e, computed.origin().file());
        }
      }
    }
  }

  private static NodeFactory.NodeConfig embed(
      CommandContext context, NodeWriter writer, ApplyDocument.Computed computed) {
    return writer
        .require(computed.factory())
        .embed(config(computed), new HostTexts(context, computed.origin().file()));
  }

  private static NodeFactory.NodeConfig config(ApplyDocument.Computed computed) {
    return new NodeFactory.NodeConfig(computed.path(), computed.yaml(), computed.origin().file());
  }

  private static void apply(
      CommandContext context,
      OpenPond pond,
      WriteTransaction transaction,
      NodeWriter writer,
      List<ApplyDocument> documents,
      Map<PondPath, NodeWriter.Outcome> outcomes)
      throws IOException {
    Map<PondPath, ConfigOrigin> changed = new LinkedHashMap<>();
    for (ApplyDocument document : documents) {
      NodeWriter.Outcome outcome =
          switch (document) {
            case ApplyDocument.Directory directory -> directory(transaction, directory.path());
            case ApplyDocument.Copy copy ->
                new CopyIn(context, pond, TimeHints.NONE)
                    .bring(transaction, copy.source(), copy.path());
            case ApplyDocument.Computed computed -> {
              transaction.edit().makeDirectories(computed.path().parent());
              NodeWriter.Outcome written =
                  writer.write(
                      transaction,
                      writer.require(computed.factory()),
                      embed(context, writer, computed),
                      NodeWriter.Existing.REPLACE);
              if (written != NodeWriter.Outcome.UNCHANGED) {
                changed.put(computed.path(), computed.origin());
              }
              yield written;
            }
          };
      if (outcomes.put(document.path(), outcome) != null) {
        throw new PondException.Usage(
            "two documents are about '" + document.path() + "'", "", "Leave one of them.");
      }
    }
    writer.requireComputable(transaction, changed);
  }

  private static NodeWriter.Outcome directory(WriteTransaction transaction, PondPath path) {
    boolean isThere = transaction.edit().tree().find(path).isPresent();
    transaction.edit().makeDirectories(path);
    return isThere ? NodeWriter.Outcome.UNCHANGED : NodeWriter.Outcome.CREATED;
  }
}
