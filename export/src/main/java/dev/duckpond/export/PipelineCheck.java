package dev.duckpond.export;

import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.Mistakes;
import dev.duckpond.factories.pages.PageCollection;
import dev.duckpond.factories.pages.PageSpec;
import dev.duckpond.factories.pages.PageTarget;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.util.ArrayList;
import java.util.HashSet;
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
  private final Set<String> tables = new HashSet<>();
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
    for (Stage stage : pipeline.stages()) {
      switch (stage) {
        case Stage.Data data -> plan(data);
        case Stage.Query query -> plan(query);
        case Stage.Pages pages -> plan(pages);
      }
    }
    try {
      claims.check();
    } catch (PondException e) {
      mistakes.add(ConfigPlace.START, e);
    }
    mistakes.requireNone();
    return List.copyOf(plans);
  }

  private void plan(Stage.Data data) {
    try {
      ExportRequest request = data.request(base);
      List<ExportTarget> targets = new TargetFinder(request, tree, session).list();
      targets.forEach(target -> claims.add(request, target));
      for (ExportTarget target : targets) {
        PondPath path = target.key().path();
        target.node().ifPresent(node -> exported.put(path, new PageTarget(path, node)));
      }
      plans.add(new StagePlan(data, request, targets, TargetFinder.words(request)));
    } catch (PondException e) {
      if (data.name().isEmpty()) {
        throw e;
      }
      mistakes.add(data.place(), e);
    }
    // Also after a mistake, so that queries are not blamed for it.
    ExportTables.registerEmpty(session.duck());
  }

  private void plan(Stage.Query query) {
    try {
      queries.check(query);
      query
          .table()
          .ifPresent(table -> {
            // To the engine, names of tables that differ in letter case alone are one.
            if (!tables.add(table.value().toLowerCase(Locale.ROOT))) {
              mistakes.add(
                  table.place(),
                  "two stages make the table '" + table.value() + "'",
                  "Rename one.");
            }
            queries.makeEmpty(table.value(), query);
          });
    } catch (PondException e) {
      mistakes.add(query.sql().place(), e);
    }
    List<ExportTarget> targets = new ArrayList<>();
    query
        .file()
        .ifPresent(file -> {
          try {
            ExportTarget target = made.file(query, file.value());
            claims.add(base, target);
            targets.add(target);
          } catch (PondException e) {
            mistakes.add(file.place(), e);
          }
        });
    Set<String> patterns = new HashSet<>();
    targets.forEach(target -> patterns.add(target.key().pattern()));
    plans.add(new StagePlan(query, base.forPatterns(List.of()).build(), targets, patterns));
  }

  private void plan(Stage.Pages pages) {
    List<PageTarget> about = List.copyOf(exported.values());
    List<ExportTarget> targets = new ArrayList<>();
    Set<String> patterns = new HashSet<>();
    ExportRequest request = base.forPatterns(List.of()).build();
    for (PageCollection collection : pages.spec().collections()) {
      String pattern = StageTargets.pattern(pages, collection);
      patterns.add(pattern);
      ConfigPlace place = pages.name().isEmpty() ? collection.in().place() : pages.place();
      try {
        List<PageCollection.Placed> all =
            PageSpec.pages(collection, PageSpec.among(about), "/", tree.snapshot());
        if (all.isEmpty()) {
          mistakes.add(
              place,
              "nothing that is exported before matches in_pattern '"
                  + collection.in().value()
                  + "' of the collection '"
                  + collection.name()
                  + "'",
              "Correct the pattern, or export what the pages are about.");
        }
        for (PageCollection.Placed placed : all) {
          ExportTarget target = made.page(pattern, placed);
          claims.add(request, target);
          targets.add(target);
        }
      } catch (PondException e) {
        mistakes.add(place, e);
      }
    }
    plans.add(new StagePlan(pages, request, targets, patterns));
  }
}
