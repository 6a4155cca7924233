package dev.duckpond.export;

import dev.duckpond.factories.pages.Page;
import dev.duckpond.query.MissingPath;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what a request exports, and checks all that can be known without reading rows. */
final class TargetFinder {
  private final ExportRequest request;
  private final PondTree tree;
  private final QuerySession session;

  TargetFinder(ExportRequest request, PondTree tree, QuerySession session) {
    this.request = request;
    this.tree = tree;
    this.session = session;
  }

  /**
   * Lists the targets, pattern after pattern in the order of the request, by path within each.
   *
   * @throws PondException when a pattern matches nothing, a target cannot be cut as asked, or two
   *     claim one place
   */
  List<ExportTarget> list() {
    if (request.patterns().isEmpty()) {
      throw new PondException.Usage("nothing to export", "", "Name a path or a pattern.");
    }
    List<ExportTarget> targets = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (PathPattern pattern : request.patterns()) {
      if (seen.add(pattern.toString())) {
        targets.addAll(list(pattern));
      }
    }
    Claims claims = new Claims();
    targets.forEach(target -> claims.add(request, target));
    claims.check();
    return targets;
  }

  /** Answers the patterns of a request as they are written. */
  static Set<String> words(ExportRequest request) {
    return request.patterns().stream().map(PathPattern::toString).collect(Collectors.toSet());
  }

  /**
   * Lists the targets of one pattern, by path; places are not compared.
   *
   * @throws PondException when it matches nothing, or a target cannot be cut as asked
   */
  List<ExportTarget> list(PathPattern pattern) {
    List<ExportTarget> targets = new ArrayList<>();
    boolean foundDirectory = false;
    for (PathMatch match : tree.match(pattern, request.visibility())) {
      Node node = match.node() instanceof Node.Symlink ? tree.require(match.path()) : match.node();
      if (node.type().isDirectory()) {
        foundDirectory = true;
      } else {
        targets.add(target(pattern, match, node));
      }
    }
    if (targets.isEmpty()) {
      throw nothing(pattern, foundDirectory);
    }
    return targets;
  }

  private PondException nothing(PathPattern pattern, boolean foundDirectory) {
    if (foundDirectory) {
      return new PondException.Invalid(
          "'" + pattern + "' matches directories only",
          "files are exported",
          "Use '" + pattern + "/*' for what is in them, or '" + pattern + "/**'.");
    }
    Optional<PondPath> literal = pattern.findLiteral();
    return literal.isPresent() && tree.find(literal.get()).isEmpty()
        ? MissingPath.of(tree, literal.get())
        : new PondException.NotFound(
            "'" + pattern + "' matches nothing", "", "Run 'pond list' to see what is there.");
  }

  private ExportTarget target(PathPattern pattern, PathMatch match, Node node) {
    TargetKey key =
        new TargetKey(tree.snapshot().identity().id().toString(), pattern.toString(), match.path());
    boolean isRelation = node.type().isRelation();
    List<String> place = place(pattern, match, isRelation);
    requireUsable(match, place);
    if (!isRelation) {
      return new ExportTarget(key, source(node), match.captures(), place);
    }
    Relation relation = session.relation(match.path(), node);
    requireColumns(match.path(), relation);
    return new ExportTarget(key, new Source.Rows(node, relation), match.captures(), place);
  }

  private static Source source(Node node) {
    return switch (node) {
      case Node.Dynamic dynamic when dynamic.content() instanceof Page page ->
          new Source.Rendered(page);
      case Node.Computed computed when computed.content() instanceof Page page ->
          new Source.Rendered(page);
      case Node.Dynamic _, Node.Computed _, Node.Stored _, Node.Directory _, Node.Symlink _ ->
          new Source.Bytes(node);
    };
  }

  private static List<String> place(PathPattern pattern, PathMatch match, boolean isRelation) {
    if (pattern.captureCount() > 0) {
      List<String> names = new ArrayList<>();
      for (String capture : match.captures().texts()) {
        if (!capture.isEmpty()) {
          names.addAll(List.of(capture.split("/", -1)));
        }
      }
      return names.isEmpty() ? List.of(stem(match.path().name().text(), isRelation)) : names;
    }
    if (!isRelation) {
      return List.of(match.path().name().text());
    }
    List<String> names = new ArrayList<>();
    match.path().parent().names().forEach(name -> names.add(name.text()));
    names.add(stem(match.path().name().text(), true));
    return names;
  }

  private static String stem(String name, boolean isRelation) {
    int dot = name.lastIndexOf('.');
    return isRelation && dot > 0 ? name.substring(0, dot) : name;
  }

  private void requireUsable(PathMatch match, List<String> place) {
    for (String name : place) {
      String mistake = ExportDirectory.mistakeIn(name);
      if (!mistake.isEmpty()) {
        throw new PondException.Invalid(
            "'" + match.path() + "' has no place in '" + request.directory() + "'",
            "'" + name + "', which the pattern captures, cannot name a directory: " + mistake,
            "Use a pattern that captures more of the name.");
      }
    }
    if (place.getFirst().startsWith(ExportDirectory.RESERVED)) {
      throw new PondException.Invalid(
          "'" + match.path() + "' has no place in '" + request.directory() + "'",
          "names that begin with '" + ExportDirectory.RESERVED + "' belong to the export itself",
          "Use a pattern that captures more of the path.");
    }
  }

  private void requireColumns(PondPath path, Relation relation) {
    boolean needsTime = !request.temporal().isEmpty() || !request.range().equals(TimeRange.ALL);
    if (needsTime && relation.time().isEmpty()) {
      throw new PondException.Invalid(
          "'" + path + "' cannot be cut by time",
          "it has no time column",
          "Export it on its own without --temporal and without a range.");
    }
    List<String> names = relation.columns().stream().map(RelationColumn::name).toList();
    Set<String> known = names.stream().map(TargetFinder::lower).collect(Collectors.toSet());
    for (String column : request.partitionBy()) {
      if (!known.contains(lower(column))) {
        throw new PondException.Invalid(
            "'" + path + "' has no column '" + column + "' to partition by",
            "",
            DidYouMean.sentence(
                column, names, "Name one of its columns: " + String.join(", ", names) + "."));
      }
      if (relation.time().isPresent()
          && lower(relation.time().get().name()).equals(lower(column))) {
        throw new PondException.Invalid(
            "'" + path + "' cannot be partitioned by '" + column + "'",
            "it is the time column",
            "Use --temporal.");
      }
    }
    for (TemporalLevel level : request.temporal()) {
      if (known.contains(level.word())) {
        throw new PondException.Invalid(
            "'" + path + "' cannot be cut by " + level.word(),
            "it has a column '" + level.word() + "' of its own, which the partition would hide",
            "Rename the column, or use other levels.");
      }
    }
    if (known.size() <= request.partitionBy().size()) {
      throw new PondException.Invalid(
          "'" + path + "' cannot be partitioned by all of its columns",
          "no column would be left for the files",
          "Name fewer columns.");
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
