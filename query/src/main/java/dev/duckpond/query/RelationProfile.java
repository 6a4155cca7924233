package dev.duckpond.query;

import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the rows of a relation are like in time; one pass over the time column finds it.
 *
 * @param rows all rows
 * @param timeless rows whose time is NULL
 * @param bounds earliest and latest time; empty when the relation has no time column or no time
 * @param sharedInstants instants that more than one row has
 * @param sharingRows rows that have these instants
 * @param steps what the times are apart; empty with fewer than two different instants
 */
public record RelationProfile(
    long rows,
    long timeless,
    Optional<EventBounds> bounds,
    long sharedInstants,
    long sharingRows,
    Optional<Steps> steps) {

  /** A step that is longer than the typical one by more than this is a gap. */
  public static final double GAP_FACTOR = 1.5;

  /**
   * Steps between neighbouring different instants.
   *
   * @param typical the median step: of an even number, the lower of the two in the middle
   * @param gaps how many steps are longer than {@value RelationProfile#GAP_FACTOR} times that
   * @param longest the longest gap, the earliest of several
   */
  public record Steps(Duration typical, long gaps, Optional<Gap> longest) {}

  /**
   * A stretch without rows.
   *
   * @param afterMicros the last instant before it, microseconds since 1970, UTC
   * @param beforeMicros the first instant after it
   */
  public record Gap(long afterMicros, long beforeMicros) {
    /** Answers how long it is. */
    public Duration length() {
      return Duration.of(Math.subtractExact(beforeMicros, afterMicros), ChronoUnit.MICROS);
    }
  }

  /** Reads a relation and answers its profile. */
  public static RelationProfile of(QuerySession session, Relation relation) {
    return QueryErrors.translating("reading the rows", () -> read(session, relation));
  }

  private static RelationProfile read(QuerySession session, Relation relation) {
    Sql rows = relation.select(TimeRange.ALL);
    if (relation.time().isEmpty()) {
      Sql count = new SqlBuilder().text("SELECT count(*) FROM (").append(rows).text(")").build();
      try (Rows row = session.duck().query(count)) {
        row.next();
        return new RelationProfile(row.longValue(0), 0, Optional.empty(), 0, 0, Optional.empty());
      }
    }
    try (Rows row = session.duck().query(query(rows, relation.time().get().name()))) {
      row.next();
      return profile(row);
    }
  }

  private static Sql query(Sql rows, String time) {
    return new SqlBuilder()
        .text("WITH instants AS (SELECT epoch_us(")
        .identifier(time)
        .text(") AS t, count(*) AS n FROM (")
        .append(rows)
        .text(") GROUP BY 1),")
        .text(" steps AS (SELECT t, t - lag(t) OVER (ORDER BY t) AS step")
        .text(" FROM instants WHERE t IS NOT NULL),")
        .text(" typical AS (SELECT quantile_disc(step, 0.5) AS median FROM steps),")
        .text(" gaps AS (SELECT t, step FROM steps, typical WHERE step > median * ")
        .literal(GAP_FACTOR)
        .text(") SELECT coalesce((SELECT sum(n) FROM instants), 0)::BIGINT,")
        .text(" coalesce((SELECT sum(n) FROM instants WHERE t IS NULL), 0)::BIGINT,")
        .text(" (SELECT min(t) FROM instants), (SELECT max(t) FROM instants),")
        .text(" (SELECT count(*) FROM instants WHERE n > 1 AND t IS NOT NULL),")
        .text(" coalesce((SELECT sum(n) FROM instants WHERE n > 1 AND t IS NOT NULL), 0)::BIGINT,")
        .text(" (SELECT median FROM typical), (SELECT count(*) FROM gaps),")
        .text(" (SELECT max(step) FROM gaps),")
        .text(" (SELECT min(t) FROM gaps WHERE step = (SELECT max(step) FROM gaps))")
        .build();
  }

  private static RelationProfile profile(Rows row) {
    Optional<EventBounds> bounds =
        row.isNull(2)
            ? Optional.empty()
            : Optional.of(new EventBounds(row.longValue(2), row.longValue(3)));
    Optional<Gap> longest =
        row.isNull(8)
            ? Optional.empty()
            : Optional.of(new Gap(row.longValue(9) - row.longValue(8), row.longValue(9)));
    Optional<Steps> steps =
        row.isNull(6)
            ? Optional.empty()
            : Optional.of(
                new Steps(
                    Duration.of(row.longValue(6), ChronoUnit.MICROS), row.longValue(7), longest));
    return new RelationProfile(
        row.longValue(0), row.longValue(1), bounds, row.longValue(4), row.longValue(5), steps);
  }
}
