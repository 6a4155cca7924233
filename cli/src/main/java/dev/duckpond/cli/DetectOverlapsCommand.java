package dev.duckpond.cli;

import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.TemporalBounds;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "detect-overlaps",
    header = {
      "pond detect-overlaps '/sensors/silver*.series'",
      "pond detect-overlaps '/devices/**/*.series' --format csv"
    },
    description = {
      "Lists where versions of tables and series tell the same times, in one file or in several.",
      "A run is a row of versions of one file, each beginning after the one before has ended. An"
          + " overlap is a stretch of time, both ends included, that two versions reach over: which"
          + " rows are in it, or whether any are the same, it does not say. Times that"
          + " 'pond set-temporal-bounds' hides do not count.",
      "What is stored is known without reading rows; of computed files the time column is read."
    })
final class DetectOverlapsCommand implements PondCommand {
  private static final int MICROS_PER_MILLI = 1000;

  @Parameters(arity = "1..*", paramLabel = "PATTERN", description = "the tables and series")
  List<String> patterns = List.of();

  @Option(
      names = "--as-of",
      paramLabel = "TXN|TIME",
      description = "the pond as it was after a transaction or at a time")
  @Nullable String asOf;

  @Mixin FormatOptions format = new FormatOptions();
  @Mixin DataOptions data = new DataOptions();

  @Override
  public ExitCode run(CommandContext context) {
    try (ReadSource source = ReadSource.open(context, List.of(), new FilesystemOptions(), asOf)) {
      Map<PondPath, List<TimeSpan>> nodes = spans(source);
      List<TimeStretch> overlaps =
          Overlaps.find(nodes.values().stream().flatMap(List::stream).toList());
      MemoryRows rows =
          MemoryRows.columns(
              "kind",
              "path",
              "versions",
              "other_path",
              "other_versions",
              "first:TIMESTAMP",
              "last:TIMESTAMP",
              "length_ms:BIGINT");
      nodes.values().stream()
          .flatMap(spans -> Overlaps.runs(spans).stream())
          .forEach(run -> add(rows, "run", run));
      overlaps.forEach(overlap -> add(rows, "overlap", overlap));
      rows.print(context, source.session());
      context.note(summary(overlaps));
    }
    return ExitCode.DONE;
  }

  private static String summary(List<TimeStretch> overlaps) {
    boolean isAcross =
        overlaps.stream()
            .anyMatch(each -> !each.other().orElseThrow().path().equals(each.one().path()));
    return (overlaps.isEmpty() ? "no overlaps" : Counted.of(overlaps.size(), "overlap"))
        + (isAcross ? "; 'pond set-temporal-bounds' hides one side of those of two files" : "");
  }

  private static void add(MemoryRows rows, String kind, TimeStretch stretch) {
    EventBounds bounds = stretch.bounds();
    rows.row()
        .text(kind)
        .text(stretch.one().path())
        .text(stretch.one().versionText())
        .text(stretch.other().map(TimeStretch.Side::path))
        .text(stretch.other().flatMap(TimeStretch.Side::versionText))
        .micros(Optional.of(bounds.minMicros()))
        .micros(Optional.of(bounds.maxMicros()))
        .number((bounds.maxMicros() - bounds.minMicros()) / MICROS_PER_MILLI);
  }

  /** Lists the times of all that is meant, by node; what has no time is left out of a pattern. */
  private Map<PondPath, List<TimeSpan>> spans(ReadSource source) {
    PondTree tree = source.requireTree();
    Map<PondPath, List<TimeSpan>> all = new LinkedHashMap<>();
    boolean isAnyTimed = false;
    for (String pattern : patterns) {
      boolean isOne = PathChoice.namesOne(tree, pattern);
      for (PathMatch match : PathChoice.require(tree, pattern, Visibility.VISIBLE_ONLY)) {
        PondPath path = tree.findReal(match.path()).orElse(match.path());
        Node node = tree.require(path);
        if (isTimed(source, path, node)) {
          isAnyTimed = true;
          all.computeIfAbsent(path, _ -> spans(source, path, node));
        } else if (isOne) {
          throw new PondException.Invalid(
              "'" + path + "' has no times to compare",
              node.type().isRelation() ? "it has no time column" : "it is a " + node.type().text(),
              "Name tables and series with a time column.");
        }
      }
    }
    if (!isAnyTimed) {
      throw new PondException.NotFound(
          "nothing that is named has times to compare",
          "",
          "Name tables and series with a time column; 'pond list -l' shows what there is.");
    }
    return all;
  }

  private static boolean isTimed(ReadSource source, PondPath path, Node node) {
    if (!node.type().isRelation()) {
      return false;
    }
    return node instanceof Node.Stored stored
        ? stored.version().facts().timeColumn().isPresent()
        : source.session().relation(path, node).time().isPresent();
  }

  private static List<TimeSpan> spans(ReadSource source, PondPath path, Node node) {
    QuerySession session = source.session();
    if (!(node instanceof Node.Stored stored)) {
      return read(session, session.relation(path, node), TimeRange.ALL)
          .map(bounds -> new TimeSpan(path, Optional.empty(), bounds))
          .stream()
          .toList();
    }
    PondTree tree = source.requireTree();
    TemporalBounds visible = TemporalBounds.of(tree.snapshot(), stored.entry().node());
    List<NodeVersion> versions =
        stored.type().isAppended()
            ? tree.snapshot().listVersions(stored.entry().node())
            : List.of(stored.version());
    List<TimeSpan> spans = new ArrayList<>();
    for (NodeVersion version : versions) {
      bounds(session, path, version, visible)
          .ifPresent(bounds ->
              spans.add(new TimeSpan(path, Optional.of(version.version().number()), bounds)));
    }
    return spans;
  }

  /** Answers what is known of a version; the first ones of old ponds may have to be read. */
  private static Optional<EventBounds> bounds(
      QuerySession session, PondPath path, NodeVersion version, TemporalBounds visible) {
    Optional<EventBounds> known = version.facts().bounds();
    if (known.isPresent() || version.facts().rowCount().isPresent()) {
      return known.flatMap(visible::clip);
    }
    return read(session, session.relation(path, version), visible.range());
  }

  private static Optional<EventBounds> read(
      QuerySession session, Relation relation, TimeRange range) {
    String time = relation.time().orElseThrow().name();
    SqlBuilder sql = new SqlBuilder().text("SELECT epoch_us(min(t)), epoch_us(max(t)) FROM (");
    sql.text("SELECT ").identifier(time).text(" AS t FROM (");
    sql.append(relation.select(range)).text("))");
    try (Rows rows = session.duck().query(sql.build())) {
      rows.next();
      return Stream.of(0, 1).allMatch(column -> rows.value(column) != null)
          ? Optional.of(new EventBounds(rows.longValue(0), rows.longValue(1)))
          : Optional.empty();
    }
  }
}
