package dev.duckpond.cli;

import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.RelationProfile;
import dev.duckpond.query.SourceProperties;
import dev.duckpond.query.TemporalBounds;
import dev.duckpond.query.TerminalText;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.query.TimeEncoding;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
          + " how it is read, first and last time, gaps and duplicates.",
      "Of what computes itself: the factory, what its configuration names and that leads to now,"
          + " the stored versions behind it, and what is kept from reads before."
    })
final class DescribeCommand implements PondCommand {
  /** Below this the number of bytes says it all. */
  private static final long SMALL_BYTES = 1000;

  @Parameters(arity = "1", paramLabel = "PATTERN|URL", description = "what to describe")
  String pattern = "";

  @Option(
      names = "--as-of",
      paramLabel = "TXN|TIME",
      description = "the pond as it was after a transaction or at a time")
  @Nullable String asOf;

  @Option(
      names = "--count",
      description =
          "count rows, gaps and duplicates of computed files, also where that reads millions of"
              + " rows")
  boolean count;

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
    List<PathMatch> matches = PathChoice.require(tree, pattern, Visibility.VISIBLE_ONLY);
    List<Description> all = new ArrayList<>();
    for (PathMatch match : matches) {
      all.add(ofNode(source, tree, match));
    }
    return all;
  }

  private Description ofNode(ReadSource source, PondTree tree, PathMatch match) {
    ListedNode node = ListedNode.of(tree, match);
    Description.Builder out = Description.of(node.path().toString());
    out.both("type", node.type().text());
    node.target()
        .ifPresent(target -> {
          out.fact("target", TerminalText.escaped(target));
          out.datum("target", target);
        });
    Optional<ComputedNode> computed = source.computed(match.path());
    computed.ifPresent(origin -> ComputedFacts.addOrigin(out, origin));
    if (match.node().type().isDirectory()) {
      out.both("entries", Integer.toString(tree.list(match.path()).size()));
    }
    node.sizeBytes().ifPresent(size -> addSize(out, size));
    node.version()
        .filter(newest -> computed.isEmpty())
        .ifPresent(newest -> {
          List<NodeVersion> kept = tree.snapshot().listVersions(newest.node());
          addVersions(out, kept.size(), newest);
          addProperties(out, SourceProperties.newest(kept));
        });
    bounds(tree, match.node()).ifPresent(bounds -> addBounds(out, bounds));
    if (match.node().type().isRelation()) {
      QuerySession session = source.session();
      if (computed.isPresent()) {
        addComputed(out, source, match, computed.get());
      } else {
        out.both("format", PondUrl.Format.PARQUET.word());
        addRelation(out, session, session.relation(match.path(), match.node()));
      }
    }
    return out.build();
  }

  private void addComputed(
      Description.Builder out, ReadSource source, PathMatch match, ComputedNode origin) {
    QuerySession session = source.session();
    ComputedFacts.addCache(out, session, match.node(), origin);
    Relation relation = session.relation(match.path(), match.node());
    ComputedFacts.addSources(out, relation);
    if (count || ComputedFacts.isCheap(session, source, relation, origin)) {
      addRelation(out, session, relation);
      return;
    }
    out.fact("rows", "not counted, which may read millions; --count does");
    relation.time().ifPresent(time -> addTimeColumn(out, time));
    addColumns(out, relation);
  }

  private static Optional<TemporalBounds> bounds(PondTree tree, Node node) {
    return node.findEntry()
        .map(entry -> TemporalBounds.of(tree.snapshot(), entry.node()))
        .filter(bounds -> !bounds.equals(TemporalBounds.NONE));
  }

  private static void addBounds(Description.Builder out, TemporalBounds bounds) {
    out.fact("shown", BoundsText.of(bounds) + ", other rows are hidden");
    bounds.min().ifPresent(micros -> out.datum("min_time", MicrosText.of(micros)));
    bounds.max().ifPresent(micros -> out.datum("max_time", MicrosText.of(micros)));
  }

  private static void addSize(Description.Builder out, long size) {
    String exact = Counted.of(size, "byte");
    out.fact("size", size < SMALL_BYTES ? exact : SizeText.format(size) + " (" + exact + ")");
    out.datum("size_bytes", size);
  }

  private static void addVersions(Description.Builder out, int kept, NodeVersion newest) {
    out.fact(
        "versions",
        kept
            + (kept == 1 ? ", v" : ", the newest v")
            + newest.version()
            + " of "
            + TransactionText.seconds(newest.createdAt()));
    out.datum("versions", kept);
    out.datum("newest_version", newest.version().number());
    out.datum("modified", newest.createdAt().toString());
    out.fact(
        "sha256", newest.hash().hex() + (kept == 1 ? "" : ", of v" + newest.version() + " alone"));
    out.datum("sha256", newest.hash().hex());
  }

  /** Tells what the file that rows came from said of itself. */
  private static void addProperties(Description.Builder out, Map<String, String> properties) {
    if (!properties.isEmpty()) {
      out.fact(
          "source",
          properties.entrySet().stream()
              .map(each -> TerminalText.escaped(each.getKey() + ": " + each.getValue()))
              .collect(Collectors.joining("; ")));
      properties.forEach((name, value) -> out.datum("source:" + name, value));
    }
  }

  private static Description ofUrl(QuerySession session, PondUrl url) {
    Description.Builder out = Description.of(url.toString());
    out.both("format", url.format().word());
    addRelation(out, session, session.relation(url));
    return out.build();
  }

  private static void addRelation(
      Description.Builder out, QuerySession session, Relation relation) {
    RelationProfile profile = RelationProfile.of(session, relation);
    out.both("rows", Long.toString(profile.rows()));
    relation.time().ifPresent(time -> addTime(out, time, profile));
    addColumns(out, relation);
  }

  private static void addColumns(Description.Builder out, Relation relation) {
    for (RelationColumn column : relation.columns()) {
      out.column(column.name(), column.type(), column.unit());
    }
  }

  private static void addTimeColumn(Description.Builder out, TimeColumn time) {
    out.fact("time", TerminalText.escaped(time.name()) + ", " + words(time));
    out.datum("time_column", time.name());
    out.datum(
        "time_encoding",
        time.encodings().stream().map(TimeEncoding::word).collect(Collectors.joining(",")));
  }

  private static void addTime(Description.Builder out, TimeColumn time, RelationProfile profile) {
    addTimeColumn(out, time);
    profile
        .bounds()
        .ifPresent(bounds -> {
          out.both("first", MicrosText.of(bounds.minMicros()));
          out.both("last", MicrosText.of(bounds.maxMicros()));
        });
    profile.steps().ifPresent(steps -> addSteps(out, steps));
    out.fact(
        "duplicates",
        profile.sharedInstants() == 0
            ? "none"
            : Counted.of(profile.sharingRows(), "row")
                + " at "
                + Counted.of(profile.sharedInstants(), "instant"));
    out.datum("duplicate_instants", profile.sharedInstants());
    out.datum("duplicate_rows", profile.sharingRows());
    if (profile.timeless() > 0) {
      out.fact("no time", Counted.of(profile.timeless(), "row"));
    }
    out.datum("rows_without_time", profile.timeless());
  }

  private static void addSteps(Description.Builder out, RelationProfile.Steps steps) {
    out.fact("gaps", gaps(steps));
    out.datum("typical_step_ms", steps.typical().toMillis());
    out.datum("gaps", steps.gaps());
    steps
        .longest()
        .ifPresent(longest -> {
          out.datum("longest_gap_ms", longest.length().toMillis());
          out.datum("longest_gap_after", MicrosText.of(longest.afterMicros()));
        });
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
