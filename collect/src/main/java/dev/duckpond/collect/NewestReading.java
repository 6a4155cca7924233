package dev.duckpond.collect;

import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Finds how far series reach: by what is known of their versions, and where that does not tell by
 * their rows. Instants that lay in the future when their version was written do not count, then and
 * for good: the clock of an instrument was set wrong, and such an instant tells nothing of what the
 * service had when it came, also once it has passed.
 */
record NewestReading(CollectSite site, PondTree tree) {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /**
   * Finds the newest instant in some series, in seconds, rounded down; empty when no row is, or all
   * of them are of the future.
   *
   * @throws PondException when there are rows whose times cannot be told
   */
  OptionalLong findSeconds(List<PathMatch> series) {
    OptionalLong newest = OptionalLong.empty();
    for (PathMatch match : series) {
      for (NodeVersion version : versions(match.node())) {
        OptionalLong found = newestMicros(match.path(), version);
        if (found.isPresent() && (newest.isEmpty() || found.getAsLong() > newest.getAsLong())) {
          newest = found;
        }
      }
    }
    return newest.isEmpty()
        ? newest
        : OptionalLong.of(Math.floorDiv(newest.getAsLong(), MICROS_PER_SECOND));
  }

  /** Lists the whole seconds after one at which some series have rows. */
  Set<Long> listSecondsAfter(List<PathMatch> series, OptionalLong after) {
    long from = after.isEmpty() ? Long.MIN_VALUE : micros(after.getAsLong() + 1);
    Set<Long> seconds = new HashSet<>();
    for (PathMatch match : series) {
      for (NodeVersion version : versions(match.node())) {
        Optional<EventBounds> bounds = version.facts().bounds();
        if (!isEmpty(version) && (bounds.isEmpty() || bounds.get().maxMicros() >= from)) {
          seconds.addAll(readSecondsFrom(match.path(), version, from));
        }
      }
    }
    return seconds;
  }

  private OptionalLong newestMicros(PondPath path, NodeVersion version) {
    if (isEmpty(version)) {
      return OptionalLong.empty();
    }
    Optional<EventBounds> bounds = version.facts().bounds();
    long latest = latestMicros(version);
    if (bounds.isEmpty()) {
      return readNewestMicros(path, version, latest);
    }
    // Of an instrument that is ahead for long there are many versions of the future alone.
    if (bounds.get().minMicros() > latest) {
      return OptionalLong.empty();
    }
    return bounds.get().maxMicros() <= latest
        ? OptionalLong.of(bounds.get().maxMicros())
        : readNewestMicros(path, version, latest);
  }

  /** Answers the latest instant that a version had from a clock that is right. */
  private static long latestMicros(NodeVersion version) {
    return micros(version.createdAt().getEpochSecond());
  }

  /** Looks into the rows, when what is known of a version does not tell. */
  private OptionalLong readNewestMicros(PondPath path, NodeVersion version, long latest) {
    return read(
        path,
        version,
        (rows, micros) ->
            new SqlBuilder()
                .text("SELECT count(*) - count(")
                .append(micros)
                .text("), max(")
                .append(micros)
                .text(") FILTER (")
                .append(micros)
                .text(" <= ")
                .literal(latest)
                .text(") FROM (")
                .append(rows.select(TimeRange.ALL))
                .text(")")
                .build(),
        result -> {
          result.next();
          if (result.isNull(1) && result.longValue(0) > 0) {
            throw unknown(path, "it has rows without a time, and else rows of the future alone");
          }
          return result.isNull(1) ? OptionalLong.empty() : OptionalLong.of(result.longValue(1));
        });
  }

  private Set<Long> readSecondsFrom(PondPath path, NodeVersion version, long from) {
    return read(
        path,
        version,
        (rows, micros) ->
            new SqlBuilder()
                .text("SELECT ")
                .append(micros)
                .text(" FROM (")
                .append(rows.select(TimeRange.ALL))
                .text(") WHERE ")
                .append(micros)
                .text(" >= ")
                .literal(from)
                .build(),
        result -> {
          Set<Long> seconds = new HashSet<>();
          while (result.next()) {
            if (result.longValue(0) % MICROS_PER_SECOND == 0) {
              seconds.add(result.longValue(0) / MICROS_PER_SECOND);
            }
          }
          return seconds;
        });
  }

  /** Asks for the rows of a version; the question has their time in microseconds. */
  private <T> T read(
      PondPath path,
      NodeVersion version,
      BiFunction<Relation, Sql, Sql> question,
      Function<Rows, T> answer) {
    try (QuerySession session = site.query(tree)) {
      Relation rows = session.relation(path, List.of(version));
      String time =
          rows.time().orElseThrow(() -> unknown(path, "a version of it has no time column")).name();
      Sql micros = new SqlBuilder().text("epoch_us(").identifier(time).text(")").build();
      return QueryErrors.translating(
          "looking for the newest row of '" + path + "'",
          () -> {
            try (Rows result = session.duck().query(question.apply(rows, micros))) {
              return answer.apply(result);
            }
          });
    }
  }

  private static PondException unknown(PondPath path, String why) {
    return new PondException.Invalid(
        "it is not known where to go on with '" + path + "'",
        why,
        "Move it out of the way, or mend it.");
  }

  private static boolean isEmpty(NodeVersion version) {
    return version.facts().rowCount().isPresent() && version.facts().rowCount().getAsLong() == 0;
  }

  private static long micros(long seconds) {
    return Math.multiplyExact(seconds, MICROS_PER_SECOND);
  }

  private List<NodeVersion> versions(Node node) {
    return node.findEntry()
        .map(entry -> tree.snapshot().listVersions(entry.node()))
        .orElse(List.of());
  }
}
