package dev.duckpond.export;

import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.Mistakes;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.factories.pages.PageCollection;
import dev.duckpond.factories.pages.PageSpec;
import dev.duckpond.factories.pages.PageTarget;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.ResultWriter;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A pipeline that was checked against a pond and can be run once. Afterwards the tables of its
 * stages are in the session. One thread only.
 */
public final class PipelineRun {
  /** A stage and what it exports, known before anything runs. */
  private record Ready(
      Stage stage, ExportRequest request, List<ExportTarget> targets, Set<String> patterns) {}

  private final Pipeline pipeline;
  private final ExportRequest base;
  private final Map<String, String> variables;
  private final PondTree tree;
  private final QuerySession session;
  private final ExportListener listener;
  private final FileOperations files;
  private final InstantSource clock;
  private final ExportScope scope;
  private final List<Ready> ready = new ArrayList<>();

  PipelineRun(
      Pipeline pipeline,
      ExportRequest base,
      Map<String, String> variables,
      PondTree tree,
      QuerySession session,
      ExportListener listener,
      FileOperations files,
      InstantSource clock) {
    this.pipeline = pipeline;
    this.base = base;
    this.variables = Map.copyOf(variables);
    this.tree = tree;
    this.session = session;
    this.listener = listener;
    this.files = files;
    this.clock = clock;
    this.scope = new ExportScope(tree, session, clock, variables);
  }

  /**
   * Checks all stages; tables that queries make are there from now on, without rows.
   *
   * @throws PondException.Invalid naming all mistakes
   */
  void check() {
    Mistakes mistakes = new Mistakes(pipeline.source());
    Claims claims = new Claims();
    Map<PondPath, PageTarget> exported = new TreeMap<>();
    Set<String> tables = new HashSet<>();
    for (Stage stage : pipeline.stages()) {
      switch (stage) {
        case Stage.Data data -> checkData(data, claims, exported, mistakes);
        case Stage.Query query -> checkQuery(query, tables, claims, mistakes);
        case Stage.Pages pages ->
            checkPages(pages, List.copyOf(exported.values()), claims, mistakes);
      }
    }
    try {
      claims.check();
    } catch (PondException e) {
      mistakes.add(ConfigPlace.START, e);
    }
    mistakes.requireNone();
  }

  private void checkData(
      Stage.Data data, Claims claims, Map<PondPath, PageTarget> exported, Mistakes mistakes) {
    try {
      ExportRequest request = data.request(base);
      List<ExportTarget> targets = new TargetFinder(request, tree, session).list();
      targets.forEach(target -> claims.add(request, target));
      for (ExportTarget target : targets) {
        target
            .node()
            .ifPresent(node ->
                exported.put(target.key().path(), new PageTarget(target.key().path(), node)));
      }
      ready.add(new Ready(data, request, targets, TargetFinder.words(request)));
    } catch (PondException e) {
      if (data.name().isEmpty()) {
        throw e;
      }
      mistakes.add(data.place(), e);
    }
    // Also after a mistake, so that queries are not blamed for it.
    ExportTables.registerEmpty(session.duck());
  }

  private void checkQuery(Stage.Query query, Set<String> tables, Claims claims, Mistakes mistakes) {
    try {
      Sql prepared = session.prepare(query.sql().value());
      QueryErrors.translating("the query", () -> session.duck().columns(prepared));
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
            makeTable(table.value(), Sql.of("SELECT * FROM (").plus(prepared).plus("\n) LIMIT 0"));
          });
    } catch (PondException e) {
      mistakes.add(query.sql().place(), e);
    }
    List<ExportTarget> targets = new ArrayList<>();
    query
        .file()
        .ifPresent(file -> {
          try {
            ExportTarget target =
                target("query:" + file.value().path(), file.value().path(), query);
            claims.add(base, target);
            targets.add(target);
          } catch (PondException e) {
            mistakes.add(file.place(), e);
          }
        });
    Set<String> patterns = new HashSet<>();
    targets.forEach(target -> patterns.add(target.key().pattern()));
    ready.add(new Ready(query, base.forPatterns(List.of()).build(), targets, patterns));
  }

  private void makeTable(String name, Sql query) {
    DuckSession duck = session.duck();
    QueryErrors.translating(
        "making the table '" + name + "'",
        () ->
            duck.execute(
                Sql.of("CREATE OR REPLACE TEMP TABLE ")
                    .plus(Sql.identifier(name))
                    .plus(" AS (")
                    .plus(query)
                    .plus("\n)")));
  }

  private ExportTarget target(String pattern, String path, Stage.Query query) {
    return new ExportTarget(
        new TargetKey(pond(), pattern, PondPath.of("/" + path)),
        new Source.Made(() -> rows(query)),
        Captures.NONE,
        List.of(path.split("/", -1)));
  }

  private byte[] rows(Stage.Query query) throws IOException {
    Sql rows =
        query
            .table()
            .map(table -> Sql.of("SELECT * FROM ").plus(Sql.identifier(table.value())))
            .orElseGet(() -> session.prepare(query.sql().value()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ResultWriter(session).write(rows, query.file().orElseThrow().value().format(), out);
    return out.toByteArray();
  }

  private String pond() {
    return tree.snapshot().identity().id().toString();
  }

  private void checkPages(
      Stage.Pages pages, List<PageTarget> exported, Claims claims, Mistakes mistakes) {
    List<ExportTarget> targets = new ArrayList<>();
    Set<String> patterns = new HashSet<>();
    ExportRequest request = base.forPatterns(List.of()).build();
    for (PageCollection collection : pages.spec().collections()) {
      String pattern = "template:" + pages.label() + "#" + collection.name();
      patterns.add(pattern);
      ConfigPlace place = pages.name().isEmpty() ? collection.in().place() : pages.place();
      try {
        List<PageCollection.Placed> all =
            PageSpec.pages(collection, PageSpec.among(exported), "/", tree.snapshot());
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
          ExportTarget target = target(pattern, placed);
          claims.add(request, target);
          targets.add(target);
        }
      } catch (PondException e) {
        mistakes.add(place, e);
      }
    }
    ready.add(new Ready(pages, request, targets, patterns));
  }

  private ExportTarget target(String pattern, PageCollection.Placed placed) {
    if (!ExportDirectory.isPlain(placed.text())) {
      throw new PondException.Invalid(
          "'" + placed.text() + "' cannot be written",
          "names that begin with '" + ExportDirectory.RESERVED + "' belong to the export itself",
          "Choose another out_pattern.");
    }
    return new ExportTarget(
        new TargetKey(pond(), pattern, PondPath.of("/" + placed.text())),
        new Source.Rendered(placed.page()),
        new Captures(placed.page().args()),
        placed.place());
  }

  /**
   * Runs the stages one after the other. A stage that fails ends the run; what the stages before it
   * made is published, and so are the parts of it that did not fail.
   *
   * @throws PondException like {@link Exporter#run}, when nothing was done
   */
  public ExportReport run() {
    if (base.has(ExportRequest.Option.DRY_RUN)) {
      return merged(ready.stream().map(each -> run(each).plan()).toList(), Optional.empty());
    }
    if (ready.size() == 1) {
      prepare(ready.getFirst().stage());
      ExportReport report = run(ready.getFirst()).run(clock);
      scope.end(report);
      if (report.stopped().isEmpty()) {
        scope.registerTables();
      }
      return merged(List.of(report), named(ready.getFirst(), report, List.of()));
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

  private ExportReport runLocked() {
    List<ExportReport> done = new ArrayList<>();
    for (int i = 0; i < ready.size(); i++) {
      Ready each = ready.get(i);
      scope.begin(ExportTables.FIRST_STAGE + i, variables(each.stage()));
      scope.registerTables();
      ExportReport report;
      try {
        session.requireGoingOn("the export");
        prepare(each.stage());
        report = run(each).runLocked();
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
      Ready each, ExportReport report, List<ExportReport> done) {
    return each.stage().name().isEmpty()
        ? report.stopped()
        : report.findFailure().map(e -> StageErrors.named(each.stage().name(), e, !done.isEmpty()));
  }

  private void prepare(Stage stage) {
    if (stage instanceof Stage.Query query && query.table().isPresent()) {
      String table = query.table().get().value();
      makeTable(table, session.prepare(query.sql().value()));
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

  private ExportRun run(Ready each) {
    return new ExportRun(
        each.request(), each.targets(), each.patterns(), scope, tree, session, listener, files);
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
