package dev.duckpond.cli;

import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.Visibility;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "mv",
    header = "pond mv /sensors/old.series /archive/",
    description = {
      "Renames files and directories, or moves them into a directory.",
      "A node keeps its id and all its versions."
    })
final class MvCommand implements PondCommand {
  @Parameters(
      arity = "2..*",
      paramLabel = "PATTERN... DEST",
      hideParamSyntax = true,
      description = "what to move, and where to")
  List<String> paths = List.of();

  @Mixin LockOptions lock = new LockOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (OpenPond pond = OpenPond.open(context)) {
      pond.steward()
          .write(
              pond.writeRequest(),
              transaction -> {
                move(transaction.edit());
                return paths.size();
              });
    }
    return ExitCode.DONE;
  }

  private void move(TreeEdit edit) {
    Destination destination = Destination.of(edit.tree(), paths.getLast());
    List<PondPath> sources =
        paths.subList(0, paths.size() - 1).stream()
            .flatMap(
                source -> PathChoice.require(edit.tree(), source, Visibility.VISIBLE_ONLY).stream())
            .map(PathMatch::path)
            .distinct()
            .toList();
    destination.requireTakesIn(sources.size());
    for (PondPath from : sources) {
      if (from.isRoot()) {
        throw new PondException.Conflict(
            "the root stays where it is", "", "Name what lies in it: 'pond mv \"/*\" DEST'.");
      }
      edit.move(from, destination.of(from.name()));
    }
  }
}
