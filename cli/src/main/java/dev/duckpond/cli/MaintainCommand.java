package dev.duckpond.cli;

import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RollupRelation;
import dev.duckpond.query.RollupState;
import dev.duckpond.rollups.Rollups;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.Visibility;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "maintain",
    header = {"pond maintain --rebuild-rollups", "pond maintain --rebuild-rollups --dry-run"},
    description = {
      "Looks after what a pond keeps beside its content.",
      "Downsampled series are kept in the cache as far as they were read, and a read computes what"
          + " is new. --rebuild-rollups throws all of it away and computes it for every series, so"
          + " that the next reads are fast. There is no other need for it: what is kept is only"
          + " used while its sources are the same."
    })
final class MaintainCommand implements PondCommand {
  @Option(
      names = "--rebuild-rollups",
      description = "compute what is kept of downsampled series again")
  boolean rebuildRollups;

  @Option(names = "--dry-run", description = "print what is kept, and change nothing")
  boolean dryRun;

  @Mixin DataOptions data = new DataOptions();

  @Override
  public ExitCode run(CommandContext context) {
    if (!rebuildRollups) {
      throw new PondException.Usage("nothing to maintain was named", "", "Say --rebuild-rollups.");
    }
    try (OpenPond pond = OpenPond.open(context)) {
      PondTree tree = pond.read(Optional.empty());
      try (QuerySession session = pond.query(tree, List.of());
          Interruption.Registration _ = context.interruption().register(session::cancel)) {
        rebuild(context, tree, session);
      }
    }
    return ExitCode.DONE;
  }

  private void rebuild(CommandContext context, PondTree tree, QuerySession session) {
    if (!dryRun) {
      Rollups.of(session).ifPresent(Rollups::clear);
    }
    int found = 0;
    for (PathMatch match : tree.match(PathPattern.parse("/**"), Visibility.ALL)) {
      Optional<RollupRelation> rollup = rollup(match.node());
      if (rollup.isPresent() && rollup.get().rollup(session).isPresent()) {
        found++;
        if (!dryRun) {
          session.relation(match.path(), match.node()).select(TimeRange.ALL);
        }
        context.out().line(text(match, rollup.get().rollup(session).orElseThrow()));
      }
    }
    if (found == 0) {
      context.out().line("no series are kept: none is downsampled of many rows");
    }
  }

  private static Optional<RollupRelation> rollup(Node node) {
    return switch (node) {
      case Node.Dynamic dynamic when dynamic.content() instanceof RollupRelation rollup ->
          Optional.of(rollup);
      case Node.Computed computed when computed.content() instanceof RollupRelation rollup ->
          Optional.of(rollup);
      case Node.Dynamic other -> Optional.empty();
      case Node.Computed other -> Optional.empty();
      case Node.Stored other -> Optional.empty();
      case Node.Directory other -> Optional.empty();
      case Node.Symlink other -> Optional.empty();
    };
  }

  private static String text(PathMatch match, RollupState state) {
    return match.path()
        + ": "
        + state.keptTiles()
        + " of "
        + Counted.of(state.tiles(), "tile")
        + ", "
        + Counted.of(state.rows(), "row")
        + ", "
        + SizeText.format(state.sizeBytes());
  }
}
