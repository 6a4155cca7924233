package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.query.Computation;
import dev.duckpond.query.Derivation;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Reach;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.TimeHints;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the patterns of one configuration name, in one session. */
final class Inputs {
  private static final Logger LOG = LoggerFactory.getLogger(Inputs.class);

  private static final Sql NOTHING =
      Sql.of("SELECT CAST(NULL AS TIMESTAMP) AS \"timestamp\" WHERE false");

  private final NodeSite site;
  private final QuerySession session;

  Inputs(NodeSite site, QuerySession session) {
    this.site = site;
    this.session = session;
  }

  QuerySession session() {
    return session;
  }

  /** Lists what a pattern matches; nothing is told as a warning. */
  List<PathMatch> match(At<PondUrl> url) {
    List<PathMatch> matches = QuerySession.match(site.tree(), url.value());
    if (matches.isEmpty()) {
      LOG.warn("{}:{}: nothing matches '{}'", site.source(), url.place(), url.value());
    }
    return matches;
  }

  /** Finds everything that a pattern matches, united by name and transformed. */
  Optional<Relation> find(At<PondUrl> url, List<At<PondPath>> transforms) {
    List<PathMatch> matches = match(url);
    return matches.isEmpty() ? Optional.empty() : Optional.of(read(url, matches, transforms));
  }

  /** Answers a series without rows, for a node whose sources are not there yet. */
  Relation nothing() {
    return session.computed(
        new Computation(
            site.path().toString(),
            range -> NOTHING,
            Optional.of("timestamp"),
            new Derivation("nothing", Reach.INSTANT),
            List.of()));
  }

  /**
   * Answers some matches of a pattern, united by name and transformed; when they have no rows or do
   * not go together, the pattern is named with its place.
   */
  Relation read(At<PondUrl> url, List<PathMatch> matches, List<At<PondPath>> transforms) {
    try {
      return read(url.value(), matches, transforms);
    } catch (PondException.Misconfigured e) {
      // Of a node further down, whose configuration is at fault.
      throw e;
    } catch (PondException.Invalid e) {
      String problem = e.reason().isEmpty() ? e.problem() : e.problem() + ": " + e.reason();
      throw site.invalid(url.place(), problem, e.remedy());
    }
  }

  /** Answers some matches of a pattern, united by name and transformed. */
  Relation read(PondUrl url, List<PathMatch> matches, List<At<PondPath>> transforms) {
    Relation relation = session.relation(url, matches);
    String label = matches.size() == 1 ? matches.getFirst().path().toString() : url.toString();
    for (At<PondPath> transform : transforms) {
      relation = transform(transform).apply(session, relation, label);
    }
    return relation;
  }

  private TransformNode transform(At<PondPath> path) {
    PondTree tree = site.tree();
    Node node =
        tree.find(path.value())
            .orElseThrow(() ->
                site.invalid(
                    path.place(),
                    "the transform '" + path.value() + "' does not exist",
                    "Make it first, or correct the path."));
    Optional<DynamicNode> content =
        switch (node) {
          case Node.Dynamic dynamic -> Optional.of(dynamic.content());
          case Node.Computed computed -> Optional.of(computed.content());
          case Node.Directory other -> Optional.empty();
          case Node.Stored other -> Optional.empty();
          case Node.Symlink other -> Optional.empty();
        };
    if (content.isPresent() && content.get() instanceof TransformNode transform) {
      return transform;
    }
    throw site.invalid(
        path.place(),
        "'" + path.value() + "' is no transform, its type is " + node.type().text(),
        "Name a node of the factory column-rename.");
  }

  /**
   * Answers a relation whose time column has the name that the configuration gives, or its own when
   * it gives none.
   *
   * @param input where the configuration names what is read
   */
  Relation timed(Relation relation, Optional<At<String>> wanted, ConfigPlace input, String label) {
    if (wanted.isEmpty()) {
      if (relation.time().isPresent()) {
        return relation;
      }
      throw site.invalid(
          input,
          "'" + label + "' has no time column that can be told by its name",
          "Name it with 'time_column:', or rename it with a transform.");
    }
    String name = wanted.get().value();
    if (relation.time().filter(time -> time.name().equalsIgnoreCase(name)).isPresent()) {
      return relation;
    }
    List<String> columns = relation.columns().stream().map(RelationColumn::name).toList();
    if (columns.stream().noneMatch(name::equalsIgnoreCase)) {
      throw site.invalid(
          wanted.get().place(),
          "'" + label + "' has no column '" + name + "' to take the time from",
          DidYouMean.sentence(name, columns, "Name one of its columns."));
    }
    return session
        .queried(
            relation.select(TimeRange.ALL),
            new TimeHints(Optional.of(name), Optional.empty()),
            relation.extents(),
            // The times that are known of the content are those of another column.
            relation.derivation().then("time " + name, Reach.ANY),
            label)
        .noting(ColumnUnits.notedOn(relation.columns()));
  }

  /** Answers what a match's wildcards captured, as the beginning of a column's name. */
  static String label(PathMatch match) {
    Captures captures = match.captures();
    String joined = String.join(".", captures.texts().stream().filter(t -> !t.isEmpty()).toList());
    return joined.isEmpty() ? stem(match.path()) : joined;
  }

  private static String stem(PondPath path) {
    String name = path.name().text();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
