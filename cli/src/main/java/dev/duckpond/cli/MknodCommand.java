package dev.duckpond.cli;

import dev.duckpond.steward.WriteResult;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "mknod",
    header = {
      "pond mknod timeseries-join /combined/silver --config-path silver.yaml",
      "pond mknod dynamic-dir /reduced --config-path reduce.yaml --overwrite"
    },
    description = {
      "Makes a file or directory that computes itself whenever it is read.",
      "The configuration is checked, all of it, and tried on the pond as it stands; it is stored as"
          + " written. $${env:NAME} in it is looked up whenever the node is read, $${var:NAME} now."
          + " 'pond factories' lists what can be made."
    })
final class MknodCommand implements PondCommand {
  @Parameters(index = "0", paramLabel = "FACTORY", description = "what makes the node")
  String factory = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "the new node")
  String path = "";

  @Option(
      names = "--config-path",
      paramLabel = "FILE",
      required = true,
      description = "the configuration, in YAML; - reads standard input")
  String configPath = "";

  @Option(names = "--overwrite", description = "replace the configuration of a node that is there")
  boolean overwrite;

  @Mixin VariableOptions variables = new VariableOptions();
  @Mixin DataOptions data = new DataOptions();
  @Mixin LockOptions lock = new LockOptions();

  @Override
  public ExitCode run(CommandContext context) {
    String text = ConfigFile.read(context, configPath);
    variables.requireUsed(text, configPath);
    String yaml = variables.expand(text, configPath);
    HostTexts files = new HostTexts(context, configPath);
    PondPath target = WorkingDirectory.ROOT.resolve(path);
    try (OpenPond pond = OpenPond.open(context)) {
      NodeWriter writer = new NodeWriter(pond);
      NodeFactory known = writer.require(factory);
      NodeFactory.NodeConfig config =
          known.embed(
              new NodeFactory.NodeConfig(target, yaml, ConfigFile.label(configPath)), files);
      WriteResult<NodeWriter.Outcome> result =
          pond.steward()
              .write(
                  pond.writeRequest(),
                  transaction -> {
                    NodeWriter.Outcome outcome =
                        writer.write(
                            transaction,
                            known,
                            config,
                            overwrite ? NodeWriter.Existing.REPLACE : NodeWriter.Existing.REFUSE);
                    if (outcome != NodeWriter.Outcome.UNCHANGED) {
                      writer.requireComputable(
                          transaction,
                          Map.of(target, ConfigOrigin.asWritten(ConfigFile.label(configPath))));
                    }
                    return outcome;
                  });
      context.note(result.value().word() + " " + target);
    }
    return ExitCode.DONE;
  }
}
