package dev.duckpond.factories.pages;

import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.TimeColumn;
import dev.duckpond.tera.ArrayValue;
import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.TemplateException;
import dev.duckpond.tera.Tera;
import dev.duckpond.tera.Value;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the pages of one stage of an export see, besides what each is about. Made by a {@link
 * Builder}; used by one thread.
 */
public final class PageContext {
  /** Names of variables that templates have of themselves. */
  public static final Set<String> RESERVED =
      Set.of(
          "args",
          "export",
          "export_by_pattern",
          "loop",
          "pond",
          "schema",
          "schemas",
          "stage",
          "vars");

  private final Map<String, Value> shared;
  private final Map<PondPath, PageSchema> exported;
  private final Optional<QuerySession> session;
  private final Optional<TableQuestions> questions;
  private final PageTemplates templates;

  private PageContext(Builder builder) {
    this.shared = builder.shared();
    this.exported = Map.copyOf(builder.exported);
    this.session = builder.session;
    this.questions =
        builder.session.map(
            known -> new TableQuestions(known, builder.tables, builder.readable, builder.suit));
    this.templates =
        questions
            .map(asking -> new PageTemplates(asking, builder.clock))
            .orElseGet(() -> PageTemplates.unbound(builder.clock));
  }

  /** Starts one for pages of a pond; nothing is exported yet. */
  public static Builder builder(Snapshot snapshot, InstantSource clock) {
    return new Builder(snapshot, clock);
  }

  /**
   * Renders a page.
   *
   * @throws PondException.Invalid when the template cannot be rendered, maybe after a part of it
   */
  void render(Page page, Appendable out) throws IOException {
    Map<String, Value> own = new TreeMap<>();
    own.put("args", ArrayValue.of(page.args().stream().map(Value::text).toList()));
    own.put("schema", new LazyObject(() -> schema(page)));
    questions.ifPresent(TableQuestions::beginPage);
    try {
      templates.require(page.template(), page.name()).render(new PageVariables(shared, own), out);
    } catch (TemplateException e) {
      throw new PondException.Invalid(
          "'" + page.label() + "' cannot be rendered",
          PageTemplates.words(e) + "\n" + e.excerpt(),
          e.remedy(),
          e);
    }
  }

  private ObjectValue schema(Page page) {
    PageSchema all = new PageSchema(List.of());
    for (PageTarget target : page.targets()) {
      all = all.with(schema(target));
    }
    return all.value();
  }

  private PageSchema schema(PageTarget target) {
    PageSchema known = exported.get(target.path());
    if (known != null) {
      return known;
    }
    if (!target.node().type().isRelation()) {
      return new PageSchema(List.of());
    }
    return session
        .map(open -> new PageSchema(measured(open.relation(target.path(), target.node()))))
        .orElseThrow(() ->
            new PondException.Invalid(
                "the columns of '" + target.path() + "' are not known here",
                "a page that tells of 'schema' needs the SQL engine",
                "Read it with 'pond cat' or 'pond export'."));
  }

  private static List<RelationColumn> measured(Relation relation) {
    Optional<String> time = relation.time().map(TimeColumn::name);
    return relation.columns().stream()
        .filter(column -> !time.equals(Optional.of(column.name())))
        .toList();
  }

  /** Collects what was exported. One thread only. */
  public static final class Builder {
    private final Snapshot snapshot;
    private final InstantSource clock;
    private Optional<QuerySession> session = Optional.empty();
    private final CaptureTree<List<PageFile>> files = newFiles();
    private final Map<String, CaptureTree<List<PageFile>>> filesByPattern = new LinkedHashMap<>();
    private final CaptureTree<PageSchema> schemas = new CaptureTree<>(PageSchema::with);
    private final Map<PondPath, PageSchema> exported = new HashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> tables = new ArrayList<>();
    private Consumer<String> suit = _ -> {};
    private final Map<String, Supplier<List<Path>>> readable = new HashMap<>();

    private Builder(Snapshot snapshot, InstantSource clock) {
      this.snapshot = snapshot;
      this.clock = clock;
    }

    private static CaptureTree<List<PageFile>> newFiles() {
      return new CaptureTree<>((some, more) -> {
        List<PageFile> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
      });
    }

    /**
     * Asks relations and tables in a session, which stays the caller's.
     *
     * @param names the tables that {@code query} may name and {@code stage} holds
     * @param preparing lets the tables suit a query before it is asked
     */
    public Builder session(QuerySession open, List<String> names, Consumer<String> preparing) {
      session = Optional.of(open);
      tables.addAll(names);
      suit = preparing;
      return this;
    }

    /** Adds a target that was exported, with its files. */
    public Builder export(
        String pattern,
        PondPath target,
        List<String> captures,
        List<RelationColumn> columns,
        List<PageFile> exportedFiles) {
      files.add(captures, exportedFiles);
      filesByPattern.computeIfAbsent(pattern, _ -> newFiles()).add(captures, exportedFiles);
      PageSchema schema = new PageSchema(columns);
      schemas.add(captures, schema);
      exported.putIfAbsent(target, schema);
      return this;
    }

    /**
     * Lets {@code query} read an exported target by its path, in place of what was exported of it
     * before.
     *
     * @param parquet answers its files, sorted by time, which the session may read
     */
    public Builder readable(PondPath target, Supplier<List<Path>> parquet) {
      readable.put(target.toString(), parquet);
      return this;
    }

    /**
     * Adds variables.
     *
     * @throws PondException.Usage when one has a name that templates use for something else
     */
    public Builder variables(Map<String, String> more) {
      more.forEach((name, value) -> {
        requireFree(name);
        variables.put(name, value);
      });
      return this;
    }

    /** Returns the context. */
    public PageContext build() {
      return new PageContext(this);
    }

    private Map<String, Value> shared() {
      Map<String, Value> all = new TreeMap<>();
      variables.forEach((name, value) -> all.put(name, Value.text(value)));
      all.put("vars", Value.of(variables));
      all.put("export", files.value(Builder::list));
      Map<String, Value> byPattern = new TreeMap<>();
      filesByPattern.forEach((pattern, tree) -> byPattern.put(pattern, tree.value(Builder::list)));
      all.put("export_by_pattern", ObjectValue.of(byPattern));
      all.put("schemas", schemas.value(PageSchema::value));
      all.put(
          "pond",
          ObjectValue.of(
              Map.of(
                  "id", Value.text(snapshot.identity().id().toString()),
                  "txn", Value.integer(snapshot.txnSeq().number()),
                  "time", Value.integer(snapshot.committedAt().toEpochMilli()))));
      all.put(
          "stage",
          session
              .map(open -> (Value) new TableValues(open, tables, suit))
              .orElseGet(() -> ObjectValue.of(Map.of())));
      return all;
    }

    private static Value list(List<PageFile> unsorted) {
      List<PageFile> sorted = unsorted.stream().sorted(PageFile.BY_TIME).toList();
      return ArrayValue.of(sorted.size(), position -> sorted.get(position).value());
    }
  }

  /**
   * Makes sure that a variable may have a name.
   *
   * @throws PondException.Usage when it is no name, or templates use it for something else
   */
  public static void requireFree(String name) {
    if (!Tera.isName(name)) {
      throw new PondException.Usage(
          "'" + name + "' cannot name a variable",
          "templates could not write it",
          "Begin with a letter, and use letters, digits and '_'.");
    }
    if (RESERVED.contains(name)) {
      throw new PondException.Usage(
          "the variable '" + name + "' would hide what templates see under that name",
          "",
          "Choose another name.");
    }
  }
}
