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
  private Claims claims = new Claims();
  private final Map<PondPath, PageTarget> exported = new TreeMap<>();

  /** The stages that make tables, by the names of these. */
  private final Map<String, String> tables = new HashMap<>();

  /** Tables that would be there but for a mistake that is told already. */
  private final Set<String> unknownTables = new HashSet<>();

  /** Whether no mistake hides what would be exported. */
  private boolean isExportKnown = true;

  /** Whether no mistake hides the name of a table. */
  private boolean areTablesKnown = true;

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
    requirePatternsUsed();
    pipeline.stages().forEach(this::plan);
    tellClashes();
    mistakes.requireNone();
    return List.copyOf(plans);
  }

  /** Whoever names a pattern wants it to be exported. */
  private void requirePatternsUsed() {
    boolean isEachWithItsOwn =
        pipeline.stages().stream()
            .allMatch(stage ->
                switch (stage) {
                  case Stage.Data data -> data.patterns().isPresent();
                  case Stage.Unread unread -> !unread.losses().contains(Stage.Unread.Loss.EXPORTS);
                  case Stage.Query _, Stage.Pages _ -> true;
                });
    if (!base.patterns().isEmpty() && isEachWithItsOwn) {
      mistakes.add(
          ConfigPlace.START,
          "no stage exports '" + base.patterns().getFirst() + "', which the command line names",
          "Leave it out, or leave 'patterns:' out of a stage of the type data_export.");
    }
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
      tell(
          clashes.getFirst().second().by(),
          more == 0 ? words : words + ", and " + more + " more like it",
          "Let them write to different places.");
    });
  }

  private void plan(Stage stage) {
    switch (stage) {
      case Stage.Data data -> plan(data);
      case Stage.Query query -> plan(query);
      case Stage.Pages pages -> plan(pages);
      case Stage.Unread unread -> pass(unread);
    }
  }

  private void pass(Stage.Unread unread) {
    // Where it would write is not known.
    Claims known = claims;
    claims = new Claims();
    unread.read().ifPresent(this::plan);
    claims = known;
    unread.table().ifPresent(this::loseTable);
    isExportKnown &= !unread.losses().contains(Stage.Unread.Loss.EXPORTS);
    areTablesKnown &= !unread.losses().contains(Stage.Unread.Loss.TABLES);
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
    Claims.Claimant by =
        new Claims.Claimant("what the command line names", pipeline.source(), ConfigPlace.START);
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
          Claims.Claimant by = claimant(data, pattern.place());
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
    if (!isChecked(query) || queries.dependsOnRows(query)) {
      query.table().ifPresent(table -> loseTable(table.value()));
    } else if (isFirst) {
      query.table().ifPresent(table -> queries.makeEmpty(table.value(), query));
    }
    List<ExportTarget> targets = new ArrayList<>();
    query
        .file()
        .ifPresent(file -> {
          ExportTarget target = made.file(query, file.value());
          claims.add(claimant(query, file.place()), base, target);
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
    Set<String> names = queries.tables(query);
    if (!Collections.disjoint(unknownTables, names)) {
      return false;
    }
    try {
      queries.check(query);
      return true;
    } catch (PondException e) {
      if (areTablesKnown || names.stream().allMatch(this::isThere)) {
        mistakes.add(query.sql().place(), e);
      }
      return false;
    }
  }

  private boolean isThere(String table) {
    return table.startsWith("/")
        || tables.containsKey(table)
        || PipelineShape.TAKEN.contains(table);
  }

  private void plan(Stage.Pages pages) {
    List<PageTarget> about = List.copyOf(exported.values());
    List<ExportTarget> targets = new ArrayList<>();
    Set<String> patterns = new HashSet<>();
    ExportRequest request = base.forPatterns(List.of()).build();
    for (PageCollection collection : pages.spec().collections()) {
      String pattern = StageTargets.pattern(pages, collection);
      patterns.add(pattern);
      String name = collection.name().text();
      Claims.Claimant by = claimant(pages, collection.out().place(), name);
      try {
        List<PageCollection.Placed> all =
            PageSpec.pages(collection, PageSpec.among(about), "", tree.snapshot());
        if (all.isEmpty() && isExportKnown) {
          tell(
              claimant(pages, collection.in().place(), name),
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
        Mistakes own = new Mistakes(by.source());
        own.add(by.place(), e);
        mistakes.addAll(own);
      }
    }
    plans.add(new StagePlan(pages, StagePlan.Origin.PIPELINE, request, targets, patterns));
  }

  private Claims.Claimant claimant(Stage stage, ConfigPlace place) {
    return new Claims.Claimant("the stage '" + stage.name() + "'", pipeline.source(), place);
  }

  private static Claims.Claimant claimant(Stage.Pages pages, ConfigPlace place, String collection) {
    String words = "the collection '" + collection + "'";
    return new Claims.Claimant(
        pages.name().isEmpty() ? words : words + " of the stage '" + pages.name() + "'",
        pages.source(),
        place);
  }

  /** Tells what is wrong where somebody claims a place, which may be in a text of its own. */
  private void tell(Claims.Claimant by, String problem, String remedy) {
    Mistakes own = new Mistakes(by.source());
    own.add(by.place(), problem, remedy);
    mistakes.addAll(own);
  }
}
