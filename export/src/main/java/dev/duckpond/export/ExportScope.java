package dev.duckpond.export;

import dev.duckpond.factories.pages.PageContext;
import dev.duckpond.factories.pages.PageFile;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the stages of one export hand to those after them. One thread only. */
final class ExportScope {
  private static final long MICROS_PER_MILLI = 1000;

  private final PondTree tree;
  private final QuerySession session;
  private final InstantSource clock;
  private final Map<Integer, ExportReport> done = new TreeMap<>();
  private final List<String> tables = new ArrayList<>(ExportTables.NAMES);
  private Map<String, String> variables;
  private int stage = ExportTables.FIRST_STAGE;

  ExportScope(
      PondTree tree, QuerySession session, InstantSource clock, Map<String, String> variables) {
    this.tree = tree;
    this.session = session;
    this.clock = clock;
    this.variables = Map.copyOf(variables);
  }

  /**
   * Begins a stage.
   *
   * @param number from 1
   * @param seen the variables that its templates see
   */
  void begin(int number, Map<String, String> seen) {
    stage = number;
    variables = Map.copyOf(seen);
  }

  /** Keeps what a stage did. */
  void end(ExportReport report) {
    done.put(stage, report);
  }

  /** Adds a table of the session. */
  void addTable(String name) {
    if (!tables.contains(name)) {
      tables.add(name);
    }
  }

  /** Makes the tables about what is exported so far. */
  void registerTables() {
    ExportTables.register(session.duck(), done);
  }

  /**
   * Answers what pages see now.
   *
   * @param current what the stage that runs has done so far
   */
  PageContext context(ExportReport current) {
    Map<Integer, ExportReport> all = new LinkedHashMap<>(done);
    all.put(stage, current);
    ExportTables.register(session.duck(), all);
    PageContext.Builder context =
        PageContext.builder(tree.snapshot(), clock)
            .session(session, tables, sql -> ExportTables.suit(session.duck(), sql))
            .variables(variables);
    for (ExportReport report : all.values()) {
      for (ExportReport.PatternReport pattern : report.patterns()) {
        for (ExportReport.TargetReport target : pattern.targets()) {
          if (target.content() != ExportReport.Content.MADE && target.failure().isEmpty()) {
            context.export(
                pattern.pattern(),
                target.path(),
                target.captures(),
                columns(target),
                target.files().stream().map(ExportScope::file).toList());
            if (target.content() == ExportReport.Content.ROWS && !target.files().isEmpty()) {
              context.readable(target.path(), () -> places(report, target));
            }
          }
        }
      }
    }
    return context.build();
  }

  private static List<Path> places(ExportReport report, ExportReport.TargetReport target) {
    return target.files().stream()
        .sorted(
            Comparator.comparing((ExportReport.FileReport file) ->
                file.bounds().map(EventBounds::minMicros).orElse(Long.MAX_VALUE)))
        .map(file -> report.directory().resolve(file.path()))
        .toList();
  }

  /** Lists what is measured: all but the time. */
  private static List<RelationColumn> columns(ExportReport.TargetReport target) {
    return target.columns().stream()
        .filter(column -> !target.timeColumn().equals(Optional.of(column.name())))
        .toList();
  }

  private static PageFile file(ExportReport.FileReport file) {
    Optional<TimeRange> bounds = file.bounds().map(ExportScope::around);
    Optional<TimeRange> span = file.span().or(() -> bounds);
    return new PageFile(
        file.path(),
        millis(span.map(TimeRange::fromMicros)),
        millis(span.map(TimeRange::toMicros)),
        file.rows(),
        file.sizeBytes());
  }

  /** A file that is not cut by time stands for the time of its rows. */
  private static TimeRange around(EventBounds bounds) {
    long last = Math.floorDiv(bounds.maxMicros(), MICROS_PER_MILLI) + 1;
    return new TimeRange(bounds.minMicros(), last * MICROS_PER_MILLI);
  }

  private static OptionalLong millis(Optional<Long> micros) {
    return micros
        .map(value -> OptionalLong.of(Math.floorDiv(value, MICROS_PER_MILLI)))
        .orElseGet(OptionalLong::empty);
  }
}
