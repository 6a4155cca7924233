package dev.duckpond.cli;

import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TreeEdit;
import dev.duckpond.tinyfs.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rm",
    header = "pond rm -r /sensors/old",
    description = {
      "Removes files, links and directories, all in one transaction.",
      "History keeps what they held, so that it does not ask: 'pond cat PATH --as-of TXN' still"
          + " reads it."
    })
final class RmCommand implements PondCommand {
  @Option(
      names = {"-r", "-R", "--recursive"},
      description = "remove directories with all they hold")
  boolean recursive;

  @Option(
      names = {"-f", "--force"},
      description = "a path that is not there is no error")
  boolean force;

  @Option(names = "--dry-run", description = "print what would be removed, and remove nothing")
  boolean dryRun;

  @Option(names = "--yes", description = "for scripts that say so everywhere; rm never asks")
  boolean yes;

  @Parameters(arity = "1..*", paramLabel = "PATTERN", description = "what to remove")
  List<String> patterns = List.of();

  @Mixin LockOptions lock = new LockOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (OpenPond pond = OpenPond.open(context)) {
      if (dryRun) {
        everything(pond.steward().read())
            .forEach(path -> context.out().line(TerminalText.escaped(path.toString())));
        return ExitCode.DONE;
      }
      pond.steward()
          .write(
              pond.writeRequest(),
              transaction -> {
                remove(transaction.edit());
                return 0;
              });
    }
    return ExitCode.DONE;
  }

  private void remove(TreeEdit edit) {
    for (PondPath path : chosen(edit.tree())) {
      requireRemovable(edit.tree(), path);
      edit.removeTree(path);
    }
  }

  private void requireRemovable(PondTree tree, PondPath path) {
    boolean directory = tree.findUnfollowed(path).orElse(null) instanceof Node.Directory;
    if (path.isRoot()) {
      throw new PondException.Conflict(
          "the root cannot be removed", "", "Remove what lies in it: pond rm -r '/*'");
    }
    if (directory && !recursive) {
      throw new PondException.Conflict(
          "'" + path + "' is a directory", "", "Use 'pond rm -r " + path.shellText() + "'.");
    }
  }

  /** Answers what the patterns name, without what lies below another of them. */
  private List<PondPath> chosen(PondTree tree) {
    Set<PondPath> all = new TreeSet<>();
    for (String pattern : patterns) {
      List<PathMatch> matches =
          force
              ? PathChoice.list(tree, pattern, Visibility.VISIBLE_ONLY)
              : PathChoice.require(tree, pattern, Visibility.VISIBLE_ONLY);
      matches.forEach(match -> all.add(match.path()));
    }
    List<PondPath> out = new ArrayList<>();
    for (PondPath path : all) {
      if (out.isEmpty() || !path.isWithin(out.getLast())) {
        out.add(path);
      }
    }
    return out;
  }

  /** Lists every path that goes; refuses what {@code remove} would refuse. */
  private List<PondPath> everything(PondTree tree) {
    List<PondPath> out = new ArrayList<>();
    chosen(tree).forEach(path -> collect(tree, path, out));
    return out;
  }

  private void collect(PondTree tree, PondPath path, List<PondPath> out) {
    requireRemovable(tree, path);
    out.add(path);
    if (tree.findUnfollowed(path).orElse(null) instanceof Node.Directory) {
      tree.list(path).forEach(child -> collect(tree, child.path(), out));
    }
  }
}
