package dev.duckpond.factories.pages;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.Shape;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collections of pages, as a {@code template} node and a template specification describe them.
 * Templates are read and checked with it.
 */
public record PageSpec(List<PageCollection> collections) {
  public PageSpec {
    collections = List.copyOf(collections);
  }

  /** Answers how it is written. The files that it names are taken in by {@link #embed}. */
  public static Shape<PageSpec> shape() {
    return new PageSpecShape();
  }

  /**
   * Finds what can be read of a specification with mistakes, which were told already: collections
   * whose templates may be none. Its pages can be listed, not rendered.
   */
  public static Optional<PageSpec> findReadable(ConfigNode spec, String source) {
    return PageSpecShape.findReadable(spec, source);
  }

  /** Takes the files that it names into a specification; what cannot be read is reported. */
  public static ConfigNode embed(ConfigNode spec, NodeFactory.TextFiles files, Mistakes mistakes) {
    return PageSpecShape.embed(spec, files, mistakes);
  }

  /** Lists the pages of all collections about what a finder finds. */
  public interface Finder {
    /** Lists what a pattern matches, by path. */
    List<PathMatch> match(PondUrl pattern);
  }

  /**
   * Lists the pages of one collection.
   *
   * @param label the beginning of what messages call each
   * @throws PondException.Invalid when a capture cannot be part of a name
   */
  public static List<PageCollection.Placed> pages(
      PageCollection collection, Finder finder, String label, Snapshot snapshot) {
    return collection.pages(finder.match(collection.in().value()), label, snapshot);
  }

  static List<PathMatch> matching(PondUrl url, List<PageTarget> targets) {
    PathPattern pattern = PathPattern.parse(url.path());
    List<PathMatch> matches = new ArrayList<>();
    for (PageTarget target : targets) {
      Optional<Captures> captures = pattern.match(target.path());
      captures.ifPresent(c -> matches.add(new PathMatch(target.path(), target.node(), c)));
    }
    return matches;
  }

  /** Answers a finder among some targets, by path, instead of in the whole pond. */
  public static Finder among(List<PageTarget> targets) {
    List<PageTarget> known = List.copyOf(targets);
    return url -> matching(url, known);
  }
}
