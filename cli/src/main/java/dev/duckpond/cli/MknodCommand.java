package dev.duckpond.cli;

import dev.duckpond.factories.Factories;
import dev.duckpond.steward.WriteResult;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
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
          + " written. ${env:NAME} in it is looked up whenever the node is read, ${var:NAME} now."
          + " 'pond factories' lists what can be made."
    })
final class MknodCommand implements PondCommand {
  /** What stands for standard input. */
  private static final String STDIN = "-";

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
    String yaml = variables.expand(read(context), configPath);
    PondPath target = WorkingDirectory.ROOT.resolve(path);
    try (OpenPond pond = OpenPond.open(context)) {
      NodeWriter writer =
          new NodeWriter(pond, Factories.registry(context.environment()::findVariable));
      NodeFactory known = writer.require(factory);
      WriteResult<NodeWriter.Outcome> result =
          pond.steward()
              .write(
                  pond.writeRequest(),
                  transaction -> {
                    NodeWriter.Outcome outcome =
                        writer.write(
                            transaction,
                            known,
                            new NodeFactory.NodeConfig(target, yaml, source()),
                            overwrite ? NodeWriter.Existing.REPLACE : NodeWriter.Existing.REFUSE);
                    if (outcome != NodeWriter.Outcome.UNCHANGED) {
                      writer.requireComputable(transaction, List.of(target));
                    }
                    return outcome;
                  });
      context.note(result.value().word() + " " + target);
    }
    return ExitCode.DONE;
  }

  private String source() {
    return configPath.equals(STDIN) ? "standard input" : configPath;
  }

  private String read(CommandContext context) {
    byte[] bytes;
    try {
      if (configPath.equals(STDIN)) {
        InputStream stdin = context.environment().stdin();
        bytes = stdin.readAllBytes();
      } else {
        bytes = Files.readAllBytes(context.hostPath(configPath));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new PondException.Invalid(
          "'" + source() + "' is not UTF-8", "", "Save the file as UTF-8.", e);
    } catch (IOException e) {
      throw HostTrouble.of("'" + source() + "' cannot be read", "", e);
    }
  }
}
