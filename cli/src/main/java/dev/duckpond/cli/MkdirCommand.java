package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "mkdir",
    header = "pond mkdir -p /sensors/silver /sensors/bdock",
    description = "Makes directories, all of them in one transaction.")
final class MkdirCommand implements PondCommand {
  @Option(
      names = {"-p", "--parents"},
      description = "make missing directories above too; an existing directory is fine")
  boolean parents;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "directories to make")
  List<String> paths = List.of();

  @Mixin LockOptions lock = new LockOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (OpenPond pond = OpenPond.open(context)) {
      pond.steward()
          .write(
              pond.writeRequest(),
              transaction -> {
                paths.forEach(
                    path -> make(transaction.edit(), WorkingDirectory.ROOT.resolve(path)));
                return paths.size();
              });
    }
    return ExitCode.DONE;
  }

  private void make(TreeEdit edit, PondPath path) {
    if (parents) {
      edit.makeDirectories(path);
    } else {
      edit.makeDirectory(path);
    }
  }
}
