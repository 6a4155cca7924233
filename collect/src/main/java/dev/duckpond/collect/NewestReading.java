package dev.duckpond.collect;

import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds how far series reach: by what is known of their versions, and where that does not tell by
 * their rows. Instants that lie in the future do not count.
 */
record NewestReading(CollectSite site, PondTree tree) {
  /** Clocks of instruments may be ahead by so much; what is later is a clock that was set wrong. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Finds the newest instant in some series, in seconds, rounded down; empty when no row is. */
  OptionalLong findSeconds(List<PathMatch> series) {
    long latest =
        Math.multiplyExact(
            site.clock().instant().plus(CLOCK_TOLERANCE).getEpochSecond(), MICROS_PER_SECOND);
    OptionalLong newest = OptionalLong.empty();
    for (PathMatch match : series) {
      OptionalLong found = newestMicros(match, latest);
      if (found.isPresent() && (newest.isEmpty() || found.getAsLong() > newest.getAsLong())) {
        newest = found;
      }
    }
    return newest.isEmpty()
        ? newest
        : OptionalLong.of(Math.floorDiv(newest.getAsLong(), MICROS_PER_SECOND));
  }

  private OptionalLong newestMicros(PathMatch match, long latest) {
    OptionalLong newest = OptionalLong.empty();
    for (NodeVersion version : versions(match.node())) {
      Optional<EventBounds> bounds = version.facts().bounds();
      boolean isEmpty =
          version.facts().rowCount().isPresent() && version.facts().rowCount().getAsLong() == 0;
      if (isEmpty) {
        continue;
      }
      if (bounds.isEmpty() || bounds.get().maxMicros() > latest) {
        return read(match, latest);
      }
      long max = bounds.get().maxMicros();
      newest = OptionalLong.of(newest.isEmpty() ? max : Math.max(max, newest.getAsLong()));
    }
    return newest;
  }

  /** Looks into the rows, when what is known of the versions does not tell. */
  private OptionalLong read(PathMatch match, long latest) {
    String what = "looking for the newest row of '" + match.path() + "'";
    try (QuerySession session = site.query(tree)) {
      Relation rows = session.relation(match.path(), versions(match.node()));
      String time =
          rows.time()
              .orElseThrow(() ->
                  new PondException.Invalid(
                      "it is not known where to go on with '" + match.path() + "'",
                      "its versions have no common time column",
                      "Move it out of the way, or mend it."))
              .name();
      SqlBuilder sql =
          new SqlBuilder()
              .text("SELECT count(*), max(epoch_us(")
              .identifier(time)
              .text(")) FILTER (epoch_us(")
              .identifier(time)
              .text(") <= ")
              .literal(latest)
              .text(") FROM (")
              .append(rows.select(TimeRange.ALL))
              .text(")");
      return QueryErrors.translating(
          what,
          () -> {
            try (Rows result = session.duck().query(sql.build())) {
              result.next();
              if (result.longValue(0) > 0 && result.isNull(1)) {
                throw new PondException.Invalid(
                    "it is not known where to go on with '" + match.path() + "'",
                    "none of its rows has a time that is not in the future",
                    "Move it out of the way, or mend it.");
              }
              return result.isNull(1) ? OptionalLong.empty() : OptionalLong.of(result.longValue(1));
            }
          });
    }
  }

  private List<NodeVersion> versions(Node node) {
    return node.findEntry()
        .map(entry -> tree.snapshot().listVersions(entry.node()))
        .orElse(List.of());
  }
}
