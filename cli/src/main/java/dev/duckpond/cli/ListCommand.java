package dev.duckpond.cli;

import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    aliases = "ls",
    header = {"pond list", "pond list -l '/sensors/**/*.series'", "pond list /sensors/"},
    description = {
      "Lists paths, sorted.",
      "Without a pattern everything that is not hidden; '/' and a path with a trailing slash list"
          + " what the directory holds."
    })
final class ListCommand implements PondCommand {
  private static final String EVERYTHING = "**/*";

  @Option(
      names = "-l",
      description = "also type, size, node@pond, version, time and the target of links")
  boolean details;

  @Option(
      names = {"-a", "--all"},
      description = "hidden names too: those with a leading dot")
  boolean all;

  @Option(
      names = "--as-of",
      paramLabel = "TXN|TIME",
      description = "the pond as it was after a transaction or at a time")
  @Nullable String asOf;

  @Parameters(arity = "0..1", paramLabel = "PATTERN", description = "what to list")
  @Nullable String pattern;

  @Mixin FilesystemOptions filesystem = new FilesystemOptions();
  @Mixin FormatOptions format = new FormatOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (OpenPond pond = OpenPond.open(context)) {
      PondTree tree = filesystem.tree(context, pond, asOf);
      List<ListedNode> nodes =
          matches(tree).stream().map(match -> ListedNode.of(tree, match)).toList();
      if (context.settings().findFormat().isPresent()) {
        print(context, pond, nodes);
      } else {
        ListLine line = details ? ListLine.Detailed.fitting(nodes) : new ListLine.Brief();
        nodes.forEach(node -> context.out().line(line.of(node)));
      }
    }
    return ExitCode.DONE;
  }

  private static void print(CommandContext context, OpenPond pond, List<ListedNode> nodes) {
    MemoryRows rows =
        MemoryRows.columns(
            "path",
            "type",
            "size_bytes:BIGINT",
            "row_count:BIGINT",
            "node_id",
            "pond_id",
            "version:BIGINT",
            "modified:TIMESTAMP",
            "target");
    for (ListedNode node : nodes) {
      rows.row()
          .text(node.path().toString())
          .text(node.type().text())
          .number(node.sizeBytes())
          .number(node.rows())
          .text(node.nodeId())
          .text(node.pondId())
          .number(node.version().map(version -> version.version().number()))
          .time(node.version().map(NodeVersion::createdAt))
          .text(node.target());
    }
    rows.print(context, pond);
  }

  private List<PathMatch> matches(PondTree tree) {
    Visibility visibility = all ? Visibility.ALL : Visibility.VISIBLE_ONLY;
    if (pattern == null) {
      return tree.match(PathPattern.parse(EVERYTHING), visibility).stream()
          .filter(match -> !match.path().isRoot())
          .toList();
    }
    if (!pattern.endsWith("/")) {
      return PathChoice.require(tree, pattern, visibility);
    }
    List<PathMatch> named = PathChoice.require(tree, pattern, visibility);
    List<PathMatch> directories = named.stream().filter(match -> isDirectory(tree, match)).toList();
    if (directories.isEmpty()) {
      throw noDirectory(pattern, named);
    }
    return directories.stream()
        .flatMap(match -> tree.list(match.path()).stream())
        .filter(match -> all || !match.path().name().isHidden())
        .toList();
  }

  private static PondException noDirectory(String pattern, List<PathMatch> named) {
    PathMatch first = named.getFirst();
    return new PondException.Invalid(
        "'" + pattern + "' leads to no directory",
        "'" + first.path() + "' is of the type " + first.node().type().text(),
        "Leave the slash away: 'pond list " + first.path().shellText() + "'.");
  }

  private static boolean isDirectory(PondTree tree, PathMatch match) {
    return tree.find(match.path()).filter(node -> node.type().isDirectory()).isPresent();
  }
}
