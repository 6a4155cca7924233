package dev.duckpond.cli;

import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.CacheState;
import dev.duckpond.query.DynamicRelation;
import dev.duckpond.query.Extent;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What {@code describe} tells of a node that computes itself, beside its rows. */
final class ComputedFacts {
  /** Rows that are read only to count what is made of them. */
  private static final long MAX_COUNTED_ROWS = 5_000_000;

  /** Bytes of stored content likewise, where nobody knows its rows. */
  private static final long MAX_COUNTED_BYTES = 64L << 20;

  private ComputedFacts() {}

  /** Tells who makes it, and of what. */
  static void addOrigin(Description.Builder out, ComputedNode node) {
    out.both("factory", node.factory());
    String version =
        "v" + node.config().version() + " of " + TransactionText.seconds(node.config().createdAt());
    out.fact(
        "configured",
        node.isInside()
            ? version + ", in " + TerminalText.escaped(node.configured().toString())
            : version);
    out.datum("configured_by", node.configured().toString());
    out.datum("newest_version", node.config().version().number());
    out.datum("modified", node.config().createdAt().toString());
    for (ComputedNode.Input input : node.inputs()) {
      out.fact("input", TerminalText.escaped(input.words()));
      out.datum("input", input.name() + ": " + input.url());
      out.datum("input_files", input.matches().size());
    }
  }

  /** Tells what of a read is kept from reads before; to be asked before the relation is made. */
  static void addCache(
      Description.Builder out, QuerySession session, Node node, ComputedNode origin) {
    List<CacheState> states = new ArrayList<>();
    for (ComputedNode.Input input : origin.inputs()) {
      session.cacheState(input.url(), input.matches()).ifPresent(states::add);
    }
    if (content(node) instanceof DynamicRelation relation) {
      states.addAll(relation.cacheStates(session));
    }
    for (CacheState state : states) {
      out.fact("cache", state.what() + ", " + state.kept() + " of " + state.parts());
      out.datum("cache", state.what());
      out.datum("cache_parts", state.parts());
      out.datum("cache_kept", state.kept());
    }
  }

  private static DynamicNode content(Node node) {
    return switch (node) {
      case Node.Dynamic dynamic -> dynamic.content();
      case Node.Computed computed -> computed.content();
      case Node.Directory other -> throw new IllegalArgumentException("stored: " + other);
      case Node.Stored other -> throw new IllegalArgumentException("stored: " + other);
      case Node.Symlink other -> throw new IllegalArgumentException("stored: " + other);
    };
  }

  /** Tells what stored content the rows come of, and how. */
  static void addSources(Description.Builder out, Relation relation) {
    List<Extent> extents = relation.extents();
    OptionalLong rows = rows(extents);
    if (!extents.isEmpty()) {
      out.fact(
          "made of",
          Counted.of(extents.size(), "version")
              + (rows.isPresent() ? ", " + Counted.of(rows.getAsLong(), "row") : ""));
      out.datum("source_versions", extents.size());
    }
    rows.ifPresent(count -> out.datum("source_rows", count));
  }

  /**
   * Tells whether counting the rows reads little: few stored rows or bytes, or, of what is made of
   * nothing, few rows at all.
   */
  static boolean isCheap(
      QuerySession session, ReadSource source, Relation relation, ComputedNode origin) {
    OptionalLong stored = rows(relation.extents());
    if (stored.isPresent()) {
      return stored.getAsLong() <= MAX_COUNTED_ROWS;
    }
    return origin.inputs().isEmpty()
        ? hasFewRows(session, relation)
        : storedBytes(source, origin, new HashSet<>()) <= MAX_COUNTED_BYTES;
  }

  /** Adds up the stored content behind a node, that behind its inputs too, each once. */
  private static long storedBytes(ReadSource source, ComputedNode node, Set<PondPath> seen) {
    long bytes = 0;
    for (ComputedNode.Input input : node.inputs()) {
      for (PathMatch match : input.matches()) {
        if (seen.add(match.path())) {
          Optional<ComputedNode> computed = source.computed(match.path());
          bytes +=
              computed.isPresent()
                  ? storedBytes(source, computed.get(), seen)
                  : ListedNode.of(source.requireTree(), match).sizeBytes().orElse(0);
        }
      }
    }
    return bytes;
  }

  private static boolean hasFewRows(QuerySession session, Relation relation) {
    SqlBuilder sql = new SqlBuilder().text("SELECT count(*) FROM (SELECT 1 FROM (");
    sql.append(relation.select(TimeRange.ALL)).text(") LIMIT ").literal(MAX_COUNTED_ROWS + 1);
    try (Rows rows = session.duck().query(sql.text(")").build())) {
      rows.next();
      return rows.longValue(0) <= MAX_COUNTED_ROWS;
    }
  }

  /** Adds up the rows of stored content; empty when they are not known of all of it. */
  private static OptionalLong rows(List<Extent> extents) {
    boolean isKnown =
        !extents.isEmpty() && extents.stream().allMatch(extent -> extent.rows().isPresent());
    return isKnown
        ? OptionalLong.of(extents.stream().mapToLong(extent -> extent.rows().orElse(0)).sum())
        : OptionalLong.empty();
  }
}
