package dev.duckpond.cli;

import dev.duckpond.query.ColumnName;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.RelationProfile;
import dev.duckpond.query.TerminalText;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.query.TimeEncoding;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    header = {"pond describe /sensors/silver.series", "pond describe '/sensors/**/*.series'"},
    description = {
      "Tells what is known of files: type, columns with units, rows, versions, the time column and"
          + " how it is read, first and last time, gaps and duplicates."
    })
final class DescribeCommand implements PondCommand {
  @Parameters(arity = "1", paramLabel = "PATTERN|URL", description = "what to describe")
  String pattern = "";

  @Option(
      names = "--as-of",
      paramLabel = "TXN|TIME",
      description = "the pond as it was after a transaction or at a time")
  @Nullable String asOf;

  @Mixin FilesystemOptions filesystem = new FilesystemOptions();
  @Mixin FormatOptions format = new FormatOptions();
  @Mixin DataOptions data = new DataOptions();

  @Override
  public ExitCode run(CommandContext context) {
    List<PondUrl> urls =
        PondUrl.looksLikeUrl(pattern) ? List.of(PondUrl.parse(pattern)) : List.of();
    try (ReadSource source = ReadSource.open(context, urls, filesystem, asOf)) {
      List<Description> all =
          urls.isEmpty() ? describe(source) : List.of(ofUrl(source.session(), urls.getFirst()));
      if (context.settings().findFormat().isPresent()) {
        Description.rows(all).print(context, source.session());
      } else {
        context.out().print(all.stream().map(Description::text).collect(Collectors.joining("\n")));
      }
    }
    return ExitCode.DONE;
  }

  private List<Description> describe(ReadSource source) {
    PondTree tree = source.requireTree();
    PathPattern wanted = WorkingDirectory.ROOT.pattern(pattern);
    List<PathMatch> matches = tree.match(wanted, Visibility.VISIBLE_ONLY);
    if (matches.isEmpty()) {
      wanted.findLiteral().ifPresent(tree::require);
      throw new PondException.NotFound(
          "'" + pattern + "' matches nothing", "", "Run 'pond list' to see what is there.");
    }
    List<Description> all = new ArrayList<>();
    for (PathMatch match : matches) {
      all.add(ofNode(source, tree, match));
    }
    return all;
  }

  private static Description ofNode(ReadSource source, PondTree tree, PathMatch match) {
    ListedNode node = ListedNode.of(tree, match);
    Description.Builder out = Description.of(node.path().toString());
    out.fact("type", node.type().text());
    node.target().ifPresent(target -> out.fact("target", TerminalText.escaped(target)));
    node.sizeBytes()
        .ifPresent(size -> out.fact("size", SizeText.format(size) + " (" + size + " bytes)"));
    node.version()
        .ifPresent(newest -> {
          int kept = tree.snapshot().listVersions(newest.node()).size();
          out.fact(
              "versions",
              kept
                  + ", the newest v"
                  + newest.version()
                  + " of "
                  + TransactionText.seconds(newest.createdAt()));
          out.fact("sha256", newest.hash().hex());
        });
    if (match.node().type().isRelation()) {
      QuerySession session = source.session();
      addRelation(out, session, session.relation(match.path(), match.node()));
    }
    return out.build();
  }

  private static Description ofUrl(QuerySession session, PondUrl url) {
    Description.Builder out = Description.of(url.toString());
    out.fact("format", url.format().word());
    addRelation(out, session, session.relation(url));
    return out.build();
  }

  private static void addRelation(
      Description.Builder out, QuerySession session, Relation relation) {
    out.fact("format", "parquet");
    RelationProfile profile = RelationProfile.of(session, relation);
    out.fact("rows", Long.toString(profile.rows()));
    relation.time().ifPresent(time -> addTime(out, time, profile));
    for (RelationColumn column : relation.columns()) {
      ColumnName name = column.parsedName();
      out.column(column.name(), column.type(), name.unit());
    }
  }

  private static void addTime(Description.Builder out, TimeColumn time, RelationProfile profile) {
    out.fact("time", time.name() + ", " + words(time));
    profile
        .bounds()
        .ifPresent(bounds -> {
          out.fact("first", MicrosText.of(bounds.minMicros()));
          out.fact("last", MicrosText.of(bounds.maxMicros()));
        });
    profile.steps().ifPresent(steps -> out.fact("gaps", gaps(steps)));
    out.fact(
        "duplicates",
        profile.sharedInstants() == 0
            ? "none"
            : profile.sharingRows() + " rows share " + profile.sharedInstants() + " instants");
    if (profile.timeless() > 0) {
      out.fact("no time", profile.timeless() + " rows");
    }
  }

  private static String gaps(RelationProfile.Steps steps) {
    String typical = "; a reading each " + DurationText.format(steps.typical());
    if (steps.longest().isEmpty()) {
      return "none" + typical;
    }
    RelationProfile.Gap longest = steps.longest().get();
    return steps.gaps()
        + ", the longest "
        + DurationText.format(longest.length())
        + " after "
        + MicrosText.of(longest.afterMicros())
        + typical;
  }

  private static String words(TimeColumn time) {
    return time.encodings().stream()
        .map(DescribeCommand::words)
        .collect(Collectors.joining("; also "));
  }

  private static String words(TimeEncoding encoding) {
    return switch (encoding) {
      case EPOCH_S -> "integers, read as seconds since 1970 UTC";
      case EPOCH_MS -> "integers, read as milliseconds since 1970 UTC";
      case EPOCH_US -> "integers, read as microseconds since 1970 UTC";
      case EPOCH_NS -> "integers, read as nanoseconds since 1970 UTC";
      case TIMESTAMP -> "timestamps, taken as UTC";
      case TIMESTAMP_NS -> "timestamps of nanoseconds, taken as UTC";
      case TIMESTAMPTZ -> "timestamps with a zone, as UTC";
      case DATE -> "days, read as their first instant in UTC";
    };
  }
}
