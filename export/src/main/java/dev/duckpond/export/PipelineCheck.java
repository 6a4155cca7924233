package dev.duckpond.export;

import dev.duckpond.config.At;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.Mistakes;
import dev.duckpond.factories.pages.PageCollection;
import dev.duckpond.factories.pages.PageSpec;
import dev.duckpond.factories.pages.PageTarget;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks the stages of a pipeline against a pond, and plans them. Used once, by one thread. */
final class PipelineCheck {
  private final Pipeline pipeline;
  private final ExportRequest base;
  private final PondTree tree;
  private final QuerySession session;
  private final StageQueries queries;
  private final StageTargets made;
  private final Mistakes mistakes;
  private final Claims claims = new Claims();
  private final Map<PondPath, PageTarget> exported = new TreeMap<>();

  /** The stages that make tables, by the names of these. */
  private final Map<String, String> tables = new HashMap<>();

  /** Tables that would be there but for a mistake that is told already. */
  private final Set<String> unknownTables = new HashSet<>();

  /** Whether no mistake hides what would be exported. */
  private boolean isExportKnown = true;

  private final List<StagePlan> plans = new ArrayList<>();

  PipelineCheck(
      Pipeline pipeline,
      ExportRequest base,
      PondTree tree,
      QuerySession session,
      StageQueries queries) {
    this.pipeline = pipeline;
    this.base = base;
    this.tree = tree;
    this.session = session;
    this.queries = queries;
    this.made = new StageTargets(tree.snapshot().identity().id().toString(), queries);
    this.mistakes = new Mistakes(pipeline.source());
  }

  /**
   * Plans all stages; tables that queries make are there from now on, without rows.
   *
   * @throws PondException.Invalid naming all mistakes
   */
  List<StagePlan> plan() {
    mistakes.addAll(pipeline.mistakes());
    for (Stage stage : pipeline.stages()) {
      switch (stage) {
        case Stage.Data data -> plan(data);
        case Stage.Query query -> plan(query);
        case Stage.Pages pages -> plan(pages);
        case Stage.Unread unread -> pass(unread);
      }
    }
    tellClashes();
    mistakes.requireNone();
    return List.copyOf(plans);
  }

  /** Tells once of each two stages that want the same places, however many these are. */
  private void tellClashes() {
    Map<List<String>, List<Claims.Clash>> all = new LinkedHashMap<>();
    for (Claims.Clash clash : claims.clashes()) {
      all.computeIfAbsent(
              List.of(clash.first().by().words(), clash.second().by().words()),
              _ -> new ArrayList<>())
          .add(clash);
    }
    all.forEach((_, clashes) -> {
      String words = clashes.getFirst().words();
      int more = clashes.size() - 1;
      mistakes.add(
          clashes.getFirst().second().by().place(),
          more == 0 ? words : words + ", and " + more + " more like it",
          "Let them write to different places.");
    });
  }

  private void pass(Stage.Unread unread) {
    unread.table().ifPresent(this::loseTable);
    isExportKnown &= !unread.mayExport();
    ExportTables.registerEmpty(session.duck());
  }

  private void loseTable(String table) {
    unknownTables.add(lower(table));
  }

  /** To the engine, names of tables that differ in letter case alone are one. */
  private static String lower(String table) {
    return table.toLowerCase(Locale.ROOT);
  }

  private void plan(Stage.Data data) {
    try {
      ExportRequest request = data.request(base);
      List<ExportTarget> targets = data.name().isEmpty() ? list(request) : list(data, request);
      for (ExportTarget target : targets) {
        PondPath path = target.key().path();
        target.node().ifPresent(node -> exported.put(path, new PageTarget(path, node)));
      }
      StagePlan.Origin origin =
          data.patterns().isEmpty() ? StagePlan.Origin.COMMAND_LINE : StagePlan.Origin.PIPELINE;
      plans.add(new StagePlan(data, origin, request, targets, TargetFinder.words(request)));
    } catch (PondException e) {
      mistakes.requireNone();
      throw e;
    }
    // Also after a mistake, so that queries are not blamed for it.
    ExportTables.registerEmpty(session.duck());
  }

  /** Lists what the command line names; there is no line of a pipeline to tell of. */
  private List<ExportTarget> list(ExportRequest request) {
    Claims.Claimant by = new Claims.Claimant("what the command line names", ConfigPlace.START);
    List<ExportTarget> targets = new TargetFinder(request, tree, session).list();
    targets.forEach(target -> claims.add(by, request, target));
    return targets;
  }

  private List<ExportTarget> list(Stage.Data data, ExportRequest request) {
    List<At<PathPattern>> patterns =
        data.patterns()
            .orElseGet(
                () -> base.patterns().stream().map(each -> new At<>(data.place(), each)).toList());
    if (patterns.isEmpty()) {
      mistakes.add(
          data.place(),
          "the stage names no patterns, nor does the command line",
          "Add 'patterns:', or name a path or a pattern.");
      isExportKnown = false;
    }
    TargetFinder finder = new TargetFinder(request, tree, session);
    List<ExportTarget> targets = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (At<PathPattern> pattern : patterns) {
      if (seen.add(pattern.value().toString())) {
        try {
          Claims.Claimant by =
              new Claims.Claimant("the stage '" + data.name() + "'", pattern.place());
          List<ExportTarget> found = finder.list(pattern.value());
          found.forEach(target -> claims.add(by, request, target));
          targets.addAll(found);
        } catch (PondException e) {
          mistakes.add(pattern.place(), e);
          isExportKnown = false;
        }
      }
    }
    return targets;
  }

  private void plan(Stage.Query query) {
    boolean isFirst = query.table().map(table -> isFirst(query, table)).orElse(true);
    if (isChecked(query)) {
      if (isFirst) {
        query.table().ifPresent(table -> queries.makeEmpty(table.value(), query));
      }
    } else {
      query.table().ifPresent(table -> loseTable(table.value()));
    }
    List<ExportTarget> targets = new ArrayList<>();
    query
        .file()
        .ifPresent(file -> {
          ExportTarget target = made.file(query, file.value());
          claims.add(
              new Claims.Claimant("the stage '" + query.name() + "'", file.place()), base, target);
          targets.add(target);
        });
    Set<String> patterns = new HashSet<>();
    targets.forEach(target -> patterns.add(target.key().pattern()));
    ExportRequest request = base.forPatterns(List.of()).build();
    plans.add(new StagePlan(query, StagePlan.Origin.PIPELINE, request, targets, patterns));
  }

  /** Reports a table that another stage makes already. */
  private boolean isFirst(Stage.Query query, At<String> table) {
    String other = tables.putIfAbsent(lower(table.value()), query.name());
    if (other != null) {
      mistakes.add(
          table.place(),
          "the stages '"
              + other
              + "' and '"
              + query.name()
              + "' both make the table '"
              + table.value()
              + "'",
          "Rename one.");
    }
    return other == null;
  }

  /** Tells whether a query can run; one over a table that a mistake keeps away is passed over. */
  private boolean isChecked(Stage.Query query) {
    if (!Collections.disjoint(unknownTables, queries.tables(query))) {
      return false;
    }
    try {
      queries.check(query);
      return true;
    } catch (PondException e) {
      mistakes.add(query.sql().place(), e);
      return false;
    }
  }

  private void plan(Stage.Pages pages) {
    List<PageTarget> about = List.copyOf(exported.values());
    List<ExportTarget> targets = new ArrayList<>();
    Set<String> patterns = new HashSet<>();
    ExportRequest request = base.forPatterns(List.of()).build();
    for (PageCollection collection : pages.spec().collections()) {
      String pattern = StageTargets.pattern(pages, collection);
      patterns.add(pattern);
      Claims.Claimant by = claimant(pages, collection);
      try {
        List<PageCollection.Placed> all =
            PageSpec.pages(collection, PageSpec.among(about), "", tree.snapshot());
        if (all.isEmpty() && isExportKnown) {
          mistakes.add(
              by.place(),
              "nothing that is exported before matches in_pattern '"
                  + collection.in().value()
                  + "' of the collection '"
                  + collection.name()
                  + "'",
              "Correct the pattern, or export what the pages are about.");
        }
        for (PageCollection.Placed placed : all) {
          ExportTarget target = made.page(pattern, placed);
          claims.add(by, request, target);
          targets.add(target);
        }
      } catch (PondException e) {
        mistakes.add(by.place(), e);
      }
    }
    plans.add(new StagePlan(pages, StagePlan.Origin.PIPELINE, request, targets, patterns));
  }

  private static Claims.Claimant claimant(Stage.Pages pages, PageCollection collection) {
    String words = "the collection '" + collection.name() + "'";
    return pages.name().isEmpty()
        ? new Claims.Claimant(words, collection.in().place())
        : new Claims.Claimant(words + " of the stage '" + pages.name() + "'", pages.place());
  }
}
