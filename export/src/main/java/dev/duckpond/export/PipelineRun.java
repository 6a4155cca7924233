package dev.duckpond.export;

import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pipeline that was checked against a pond and can be run once. Afterwards the tables of its
 * stages are in the session. One thread only.
 */
public final class PipelineRun {
  private final String id;
  private final List<StagePlan> plans;
  private final ExportRequest base;
  private final Map<String, String> variables;
  private final PondTree tree;
  private final QuerySession session;
  private final ExportListener listener;
  private final FileOperations files;
  private final InstantSource clock;
  private final ExportScope scope;
  private final StageQueries queries;

  /**
   * Makes it.
   *
   * @param id stands for the pipeline in manifests; may be empty
   */
  PipelineRun(
      String id,
      List<StagePlan> plans,
      ExportRequest base,
      Map<String, String> variables,
      PondTree tree,
      QuerySession session,
      StageQueries queries,
      ExportListener listener,
      FileOperations files,
      InstantSource clock) {
    this.id = id;
    this.plans = List.copyOf(plans);
    this.base = base;
    this.variables = Map.copyOf(variables);
    this.tree = tree;
    this.session = session;
    this.queries = queries;
    this.listener = listener;
    this.files = files;
    this.clock = clock;
    this.scope = new ExportScope(tree, session, clock, variables);
  }

  /**
   * Runs the stages one after the other. A stage that fails ends the run; what the stages before it
   * made is published, and so are the parts of it that did not fail.
   *
   * @throws PondException like {@link Exporter#run}, when nothing was done
   */
  public ExportReport run() {
    if (base.has(ExportRequest.Option.DRY_RUN)) {
      List<ExportReport> planned = new ArrayList<>();
      for (int i = 0; i < plans.size(); i++) {
        planned.add(run(plans.get(i), reach(i, planned)).plan());
      }
      return merged(planned, Optional.empty());
    }
    if (plans.size() == 1) {
      prepare(plans.getFirst().stage());
      ExportReport report = run(plans.getFirst(), Upkeep.Reach.PIPELINE).run(clock);
      scope.end(report);
      if (report.stopped().isEmpty()) {
        scope.registerTables();
      }
      return merged(List.of(report), named(plans.getFirst(), report, List.of()));
    }
    ExportDirectory directory = ExportDirectory.of(base.directory());
    try {
      files.syncDirectories(files.makeDirectories(directory.root()));
      ExportDirectory.requireNoLink(directory.lock());
      try (ExportLock _ = ExportLock.acquire(directory.lock(), clock.instant())) {
        return runLocked();
      }
    } catch (IOException e) {
      throw ExportErrors.of("the export to '" + directory.root() + "' failed", e);
    }
  }

  /**
   * Checks that nothing is in the way of any stage. A single stage finds out by itself before it
   * writes.
   *
   * @throws PondException.Conflict naming all that is
   */
  void requireFree() {
    if (plans.size() > 1) {
      new PlaceCheck(ExportDirectory.of(base.directory()), files, tree, session)
          .requireFree(plans, each -> upkeep(each, Upkeep.Reach.STAGE));
    }
  }

  private ExportReport runLocked() {
    List<ExportReport> done = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      StagePlan each = plans.get(i);
      scope.begin(ExportTables.FIRST_STAGE + i, variables(each.stage()));
      scope.registerTables();
      ExportReport report;
      try {
        session.requireGoingOn("the export");
        prepare(each.stage());
        report = run(each, reach(i, done)).runLocked();
      } catch (PondException e) {
        if (done.isEmpty() && each.stage().name().isEmpty()) {
          throw e;
        }
        return merged(
            done, Optional.of(StageErrors.named(each.stage().name(), e, !done.isEmpty())));
      }
      scope.end(report);
      Optional<PondException> failure = named(each, report, done);
      done.add(report);
      if (failure.isPresent()) {
        return merged(done, failure);
      }
    }
    scope.registerTables();
    return merged(done, Optional.empty());
  }

  /** Finds why a run is to end with a stage; a stage without a name ends it only when stopped. */
  private static Optional<PondException> named(
      StagePlan each, ExportReport report, List<ExportReport> done) {
    return each.stage().name().isEmpty()
        ? report.stopped()
        : report.findFailure().map(e -> StageErrors.named(each.stage().name(), e, !done.isEmpty()));
  }

  private void prepare(Stage stage) {
    if (stage instanceof Stage.Query query && query.table().isPresent()) {
      String table = query.table().get().value();
      queries.make(table, query);
      scope.addTable(table);
    }
  }

  private Map<String, String> variables(Stage stage) {
    Map<String, String> all = new LinkedHashMap<>();
    if (stage instanceof Stage.Pages pages) {
      all.putAll(pages.variables());
    }
    // Whoever gives one on the command line means it.
    all.putAll(variables);
    return all;
  }

  /** What the pipeline left goes with its last stage, when none failed. */
  private Upkeep.Reach reach(int stage, List<ExportReport> done) {
    return stage == plans.size() - 1
            && done.stream().allMatch(report -> report.findFailure().isEmpty())
        ? Upkeep.Reach.PIPELINE
        : Upkeep.Reach.STAGE;
  }

  private ExportRun run(StagePlan each, Upkeep.Reach reach) {
    return new ExportRun(
        each.request(), each.targets(), upkeep(each, reach), scope, tree, session, listener, files);
  }

  private Upkeep upkeep(StagePlan each, Upkeep.Reach reach) {
    String mark =
        switch (each.origin()) {
          case PIPELINE -> id;
          case COMMAND_LINE -> "";
        };
    Set<String> all =
        plans.stream().flatMap(plan -> plan.patterns().stream()).collect(Collectors.toSet());
    Set<TargetKey> targets =
        plans.stream()
            .flatMap(plan -> plan.targets().stream())
            .map(ExportTarget::key)
            .collect(Collectors.toSet());
    return new Upkeep(id, mark, each.patterns(), all, targets, reach);
  }

  private ExportReport merged(List<ExportReport> reports, Optional<PondException> stopped) {
    List<ExportReport.PatternReport> patterns = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    for (ExportReport report : reports) {
      patterns.addAll(report.patterns());
      removed.addAll(report.removed());
    }
    return new ExportReport(
        ExportDirectory.of(base.directory()).root(), patterns, removed, stopped);
  }
}
