package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.ContentReader;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes relations of a pond's paths and of URLs, and runs SQL over them.
 *
 * <p>A session sees one snapshot and the files its options allow, nothing else, and cannot write a
 * file but in its scratch directory. One thread uses it, one statement after the other; only {@link
 * #cancel} may come from another. Whoever opens it closes it; closing twice is fine. What a user
 * can cause is thrown as {@link PondException}.
 */
public final class QuerySession implements AutoCloseable {
  private final QueryOptions options;
  private final Optional<PondTree> tree;
  private final QueryScope scope;
  private final ConvertedFiles converted;
  private final NamedRelations named;

  /** The computed nodes that are being made into relations, outermost first. */
  private final Set<PondPath> followed = new LinkedHashSet<>();

  /**
   * What was made of them: the same node is asked for by many others, and costs a plan each time.
   */
  private final Map<PondPath, Relation> made = new HashMap<>();

  /** What was warned of; each is about a node that was read. */
  private final Set<String> warnings = new HashSet<>();

  private QuerySession(QueryOptions options, Optional<PondTree> tree, DuckSession duck) {
    this.options = options;
    this.tree = tree;
    ContentReader contents =
        tree.<ContentReader>map(known -> known.snapshot().contents()).orElseGet(NoContents::new);
    this.scope = new QueryScope(duck, new ParquetSource.VariableNames(), contents);
    this.converted = new ConvertedFiles(options, duck);
    this.named = new NamedRelations(duck);
  }

  /** Opens a session over a pond; the caller closes it. */
  public static QuerySession open(QueryOptions options, PondTree tree) {
    return open(options, Optional.of(tree));
  }

  /** Opens a session without a pond, for files of this machine; the caller closes it. */
  public static QuerySession openWithoutPond(QueryOptions options) {
    return open(options, Optional.empty());
  }

  private static QuerySession open(QueryOptions options, Optional<PondTree> tree) {
    return QueryErrors.translating(
        "opening the SQL engine",
        () -> new QuerySession(options, tree, DuckSession.open(options.duckOptions())));
  }

  /** Answers the options it was opened with. */
  public QueryOptions options() {
    return options;
  }

  /** Answers the engine, to run SQL that was made of relations; errors are the engine's. */
  public DuckSession duck() {
    return scope.duck();
  }

  /**
   * Answers what a node of the pond is as a relation: of a table the newest version, of a series
   * all versions. Links are to be followed before.
   *
   * @throws PondException.Invalid when it is a directory, a link or data
   */
  public Relation relation(PondPath path, Node node) {
    return switch (node) {
      case Node.Stored stored -> stored(path, stored);
      case Node.Dynamic dynamic when dynamic.content() instanceof DynamicRelation computed ->
          following(path, computed);
      case Node.Computed inside when inside.content() instanceof DynamicRelation computed ->
          following(path, computed);
      case Node.Directory directory -> throw notRows(path, node);
      case Node.Symlink link -> throw notRows(path, node);
      case Node.Dynamic dynamic -> throw notRows(path, node);
      case Node.Computed inside -> throw notRows(path, node);
    };
  }

  private Relation following(PondPath path, DynamicRelation computed) {
    Relation known = made.get(path);
    if (known != null) {
      return known;
    }
    if (!followed.add(path)) {
      throw PondTree.cycle(followed, path);
    }
    try {
      Relation relation = computed.relation(this);
      made.put(path, relation);
      return relation;
    } finally {
      followed.remove(path);
    }
  }

  private Relation stored(PondPath path, Node.Stored stored) {
    if (!stored.type().isRelation()) {
      throw UrlReader.notRows(path.toString());
    }
    return QueryErrors.translating(
        "reading '" + path + "'", () -> StoredRelation.of(scope, List.of(part(path, stored))));
  }

  private StoredRelation.Part part(PondPath path, Node.Stored stored) {
    return new StoredRelation.Part(path, versions(stored), bounds(stored));
  }

  /** Answers which times of a stored node are seen. */
  TemporalBounds bounds(Node.Stored stored) {
    return TemporalBounds.of(requireTree().snapshot(), stored.entry().node());
  }

  /**
   * Answers one version of a table or series as a relation, whole: bounds that a user has set for
   * the node do not count.
   *
   * @throws PondException.Invalid when it is neither
   */
  public Relation relation(PondPath path, NodeVersion version) {
    return relation(path, List.of(version));
  }

  /**
   * Answers some versions of one table or series, united in the order given.
   *
   * @param versions at least one
   * @throws PondException.Invalid when one is of neither
   */
  public Relation relation(PondPath path, List<NodeVersion> versions) {
    for (NodeVersion version : versions) {
      if (!version.type().isRelation() || version.type().isDynamic()) {
        throw UrlReader.notRows(path.toString());
      }
    }
    return QueryErrors.translating(
        "reading '" + path + "'",
        () -> {
          StoredRelation.Part part = new StoredRelation.Part(path, versions, TemporalBounds.NONE);
          return StoredRelation.of(scope, List.of(part));
        });
  }

  /**
   * Answers what a URL names as a relation; matches of a pattern are united by name.
   *
   * @throws PondException.NotFound when nothing is there
   * @throws PondException.Invalid when it cannot be read that way
   */
  public Relation relation(PondUrl url) {
    return QueryErrors.translating(
        "reading '" + url + "'", () -> new UrlReader(this, scope).read(url));
  }

  /**
   * Answers what some matches of a URL's pattern hold, united by name.
   *
   * @param matches of {@link #match}, at least one
   */
  public Relation relation(PondUrl url, List<PathMatch> matches) {
    return QueryErrors.translating(
        "reading '" + url + "'", () -> new UrlReader(this, scope).readPond(url, matches));
  }

  /**
   * Lists the files that a URL's path or pattern leads to in a tree, sorted by path, links
   * followed; empty when there are none.
   */
  public static List<PathMatch> match(PondTree tree, PondUrl url) {
    return new PondNames(tree).match(url.path());
  }

  /**
   * Finds how much of the text that a URL's matches hold is converted already; empty when reading
   * them converts nothing.
   */
  public Optional<CacheState> cacheState(PondUrl url, List<PathMatch> matches) {
    return QueryErrors.translating(
        "reading '" + url + "'", () -> new UrlReader(this, scope).cacheState(url, matches));
  }

  /** Answers rows that SQL computes of other relations of this session. */
  public Relation computed(Computation computation) {
    return new ComputedRelation(scope, computation);
  }

  /**
   * Answers the rows of a query, whose time column is found as that of a file is.
   *
   * @param select a query of {@link DuckSession#requireSelect}, or made of relations
   */
  public Relation queried(
      Sql select, TimeHints hints, List<Extent> extents, Derivation derivation, String label) {
    return QueryErrors.translating(
        "reading '" + label + "'",
        () ->
            ScanRelation.of(
                scope, Sql.of("(").plus(select).plus("\n)"), hints, extents, derivation, label));
  }

  /**
   * Unites relations of this session by column name, with type widening.
   *
   * @throws PondException.Invalid when columns of one name do not fit each other
   * @throws IllegalArgumentException when there are none
   */
  public Relation union(List<Relation> relations) {
    if (relations.isEmpty()) {
      throw new IllegalArgumentException("a union has at least one relation");
    }
    return QueryErrors.translating("uniting relations", () -> UnionRelation.of(scope, relations));
  }

  /**
   * Makes a relation readable by a name in queries that are prepared from now on, replacing what
   * had it. SQL does not tell letter case apart in names. Nothing of it is read before {@link
   * #prepare} knows which times a query needs.
   *
   * @param range rows outside are left out
   * @throws PondException.Usage when the name is one of the pond's own tables
   */
  public void register(String viewName, Relation relation, TimeRange range) {
    named.put(viewName, relation, range);
  }

  /**
   * Goes on, unless {@link #cancel} was called.
   *
   * @throws PondException.Failed when it was
   */
  public void requireGoingOn(String what) {
    QueryErrors.translating(what, scope.duck()::requireGoingOn);
  }

  /**
   * Checks a user's query and makes readable what it names: {@code "/path"}, {@code
   * pond('/pattern')}, URLs in either place, and the tables {@code pond_nodes}, {@code
   * pond_versions} and {@code pond_transactions}. Views that were registered can be named too.
   *
   * <p>In both forms a text means the file of exactly that path, if there is one, also where it
   * holds wildcards; else what the pattern matches.
   *
   * @return the query, which may stand in parentheses after FROM unless it is an EXPLAIN
   * @throws PondException.Invalid when it is not exactly one query
   * @throws PondException.NotFound when it names a path that is not there
   */
  public Sql prepare(String userSql) {
    return QueryErrors.translating("the query", () -> new UserQuery(this, named).prepare(userSql));
  }

  /**
   * Answers the files that the engine was told of so far, each once: contents of the pond that no
   * range of time left out, and files of this machine. How much of each it reads is its own affair.
   */
  public Set<Path> handedFiles() {
    return scope.variables().files();
  }

  /**
   * Stops the statement that runs now, if any, and lets no other begin. For other threads; returns
   * at once.
   */
  public void cancel() {
    scope.duck().stop();
  }

  /** Tells whether a warning was not asked about before, so that it is said once a session. */
  public boolean isNews(String warning) {
    return warnings.add(warning);
  }

  @Override
  public void close() {
    scope.duck().close();
    converted.close();
  }

  /** Answers the Parquet that text was converted to in this session. */
  ConvertedFiles converted() {
    return converted;
  }

  Optional<PondTree> tree() {
    return tree;
  }

  PondTree requireTree() {
    return tree.orElseThrow(() ->
        new PondException.Usage(
            "there is no pond to look into", "", "Name the pond with --pond DIR."));
  }

  /** Lists what a path, or a pattern, leads to; links are followed. */
  List<PathMatch> require(String pathOrPattern) {
    return new PondNames(requireTree()).require(pathOrPattern);
  }

  /** Lists the versions whose bytes together are the content of a stored file. */
  List<NodeVersion> contentVersions(PathMatch match) {
    if (!(match.node() instanceof Node.Stored stored)) {
      throw notRows(match.path(), match.node());
    }
    return versions(stored);
  }

  private List<NodeVersion> versions(Node.Stored stored) {
    return stored.type().isAppended()
        ? requireTree().snapshot().listVersions(stored.entry().node())
        : List.of(stored.version());
  }

  private static PondException.Invalid notRows(PondPath path, Node node) {
    String remedy =
        node.type() == EntryType.DIRECTORY
            ? "Name a file, or all of a kind: '" + (path.isRoot() ? "" : path) + "/**/*.series'."
            : "Name a table or a series; 'pond list -l' tells which are.";
    return new PondException.Invalid(
        "'" + path + "' has no rows", "it is a " + node.type().text(), remedy);
  }

  /** Stands in for the content of a pond where there is none. */
  private static final class NoContents implements ContentReader {
    @Override
    public InputStream open(NodeVersion version) {
      throw new IllegalStateException("no pond");
    }

    @Override
    public List<Path> files(List<NodeVersion> versions) {
      throw new IllegalStateException("no pond");
    }
  }
}
