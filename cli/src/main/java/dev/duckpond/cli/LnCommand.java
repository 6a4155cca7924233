package dev.duckpond.cli;

import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.WorkingDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ln",
    header = "pond ln -s /sensors/silver/2026.series /sensors/silver/current.series",
    description = {
      "Makes a symbolic link.",
      "The target is kept as written; a relative one starts at the directory of the link."
    })
final class LnCommand implements PondCommand {
  @Option(
      names = {"-s", "--symbolic"},
      description = "make a symbolic link; the only kind there is")
  boolean symbolic;

  @Parameters(index = "0", paramLabel = "TARGET", description = "what the link leads to")
  String target = "";

  @Parameters(
      index = "1",
      paramLabel = "LINK",
      description = "the new link, or a directory to make it in")
  String link = "";

  @Mixin LockOptions lock = new LockOptions();

  @Override
  public ExitCode run(CommandContext context) {
    if (!symbolic) {
      throw new PondException.Usage(
          "a link of the pond is symbolic",
          "-s is not given",
          "pond ln -s " + ShellText.quote(target) + " " + ShellText.quote(link));
    }
    try (OpenPond pond = OpenPond.open(context)) {
      pond.steward()
          .write(
              pond.writeRequest(),
              transaction -> {
                make(transaction.edit());
                return 1;
              });
    }
    return ExitCode.DONE;
  }

  private void make(TreeEdit edit) {
    Destination destination = Destination.of(edit.tree(), link);
    edit.link(destination.takesIn() ? destination.of(lastName()) : destination.path(), target);
  }

  private EntryName lastName() {
    PondPath path = WorkingDirectory.ROOT.resolve(target);
    if (path.isRoot()) {
      throw new PondException.Usage(
          "a link to '/' needs a name", "", "pond ln -s " + target + " " + link + "/NAME");
    }
    return path.name();
  }
}
