package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonException;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EventBounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The spans of time in which a file has rows, when long times without any lie between.
 *
 * <p>A file that begins with readings of a clock that was not set has bounds of half a century, and
 * rows in a few months of it. Whoever asks what it may hold for a range of time is told better by
 * its runs. They are whole days, cut to the bounds: they may hold times that the file has not, and
 * never the other way round.
 */
final class TimeRuns {
  /** Where the runs of a version are kept; see {@code docs/format/series-attributes.md}. */
  static final String ATTRIBUTE = "time_runs";

  /** Shorter times without rows do not part runs. */
  private static final int MIN_GAP_DAYS = 30;

  /** Of more gaps the shortest part nothing. */
  private static final int MAX_RUNS = 8;

  /** Files with rows on more days than this are one run. */
  private static final int MAX_DAYS = 100_000;

  private static final long DAY_MICROS = 86_400_000_000L;

  private TimeRuns() {}

  /**
   * Answers the runs that were found when a version was taken in; its bounds when there are none.
   */
  static List<EventBounds> of(ContentFacts facts) {
    Optional<EventBounds> bounds = facts.bounds();
    String text = facts.attributes().get(ATTRIBUTE);
    if (text == null || bounds.isEmpty()) {
      return bounds.stream().toList();
    }
    try {
      List<EventBounds> runs = new ArrayList<>();
      for (Json run : Json.parse(text).asArray()) {
        JsonArray both = run.asArray();
        runs.add(new EventBounds(both.require(0).longValue(), both.require(1).longValue()));
      }
      return runs;
    } catch (JsonException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Words of another release; the bounds hold all that they do.
      return bounds.stream().toList();
    }
  }

  /** Answers the text of the attribute; empty when the bounds say it as well. */
  static Optional<String> find(DuckSession duck, Sql source, Sql timestamp, EventBounds bounds) {
    if (bounds.maxMicros() / DAY_MICROS - bounds.minMicros() / DAY_MICROS < MIN_GAP_DAYS) {
      return Optional.empty();
    }
    Sql days =
        new SqlBuilder()
            .text("SELECT DISTINCT epoch_us(")
            .append(timestamp)
            .text(") // ")
            .literal(DAY_MICROS)
            .text(" - CAST(epoch_us(")
            .append(timestamp)
            .text(") % ")
            .literal(DAY_MICROS)
            .text(" < 0 AS INTEGER) AS day FROM ")
            .append(source)
            .text(" WHERE ")
            .append(timestamp)
            .text(" IS NOT NULL ORDER BY day LIMIT ")
            .literal(MAX_DAYS)
            .build();
    List<Long> found = duck.list(days, row -> row.longValue(0));
    if (found.size() == MAX_DAYS) {
      return Optional.empty();
    }
    List<EventBounds> runs = runs(found, bounds);
    return runs.size() < 2 ? Optional.empty() : Optional.of(json(runs).toString());
  }

  private static List<EventBounds> runs(List<Long> days, EventBounds bounds) {
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < days.size(); i++) {
      gaps.add(days.get(i) - days.get(i - 1));
    }
    List<Long> widest = new ArrayList<>(gaps);
    widest.sort(Collections.reverseOrder());
    long narrowest =
        Math.max(MIN_GAP_DAYS, widest.size() >= MAX_RUNS ? widest.get(MAX_RUNS - 1) + 1 : 0);
    List<EventBounds> runs = new ArrayList<>();
    long from = bounds.minMicros();
    for (int i = 0; i < gaps.size(); i++) {
      if (gaps.get(i) >= narrowest) {
        runs.add(new EventBounds(from, (days.get(i) + 1) * DAY_MICROS - 1));
        from = days.get(i + 1) * DAY_MICROS;
      }
    }
    runs.add(new EventBounds(from, bounds.maxMicros()));
    return runs;
  }

  private static JsonArray json(List<EventBounds> runs) {
    return new JsonArray(
        runs.stream()
            .<Json>map(run -> JsonArray.of(Json.of(run.minMicros()), Json.of(run.maxMicros())))
            .toList());
  }
}
