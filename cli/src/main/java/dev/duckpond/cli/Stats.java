package dev.duckpond.cli;

import dev.duckpond.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Collects what a command cost: time by phase and counts. What nobody counted is not told: of the
 * files of a query, for instance, only the SQL engine knows which bytes it read. Safe for use by
 * several threads.
 *
 * <p>As JSON it is one line {@code {"event":"stats","version":1,"total_ms":…,"phases_ms":{…}, …}}
 * with a member for each {@link Counter} that was counted.
 */
final class Stats {
  /** What is counted. */
  enum Counter {
    /** Files of this machine, or contents of the pond, read as bytes. */
    FILES_OPENED,
    /** Their bytes. */
    BYTES_READ,
    /** Bytes of content put into the pond, into files or on standard output. */
    BYTES_WRITTEN,
    /** Rows printed, taken in or written. */
    ROWS,
    /** Versions of the operation log that the index in the cache did not know. */
    DELTA_VERSIONS_READ,
    /** Times the cache spared reading the log: the index, and each content kept there. */
    CACHE_HITS;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final InstantSource clock;
  private final Instant started;
  private final Map<String, Duration> phases = new LinkedHashMap<>();
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);

  Stats(InstantSource clock) {
    this.clock = clock;
    this.started = clock.instant();
  }

  /** Adds to a count. */
  synchronized void add(Counter counter, long amount) {
    counts.merge(counter, amount, Long::sum);
  }

  /** Starts a phase, which lasts until the answer is closed; a name used twice adds up. */
  Phase phase(String name) {
    Instant begin = clock.instant();
    return () -> addTime(name, Duration.between(begin, clock.instant()));
  }

  /** Adds time to a phase. */
  synchronized void addTime(String name, Duration time) {
    phases.merge(name, time, Duration::plus);
  }

  /** Answers the cost so far as lines for people. */
  synchronized String toText() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-22s%14s%n", "time", millis(total()) + " ms"));
    phases.forEach((name, time) ->
        text.append(String.format(Locale.ROOT, "%-22s%14s%n", "  " + name, millis(time) + " ms")));
    counts.forEach((counter, count) ->
        text.append(
            String.format(Locale.ROOT, "%-22s%,14d%n", counter.key().replace('_', ' '), count)));
    return text.toString();
  }

  /** Answers the cost so far as JSON. */
  synchronized JsonObject toJson() {
    JsonObject.Builder times = JsonObject.builder();
    phases.forEach((name, time) -> times.put(name, time.toNanos() / 1e6));
    JsonObject.Builder all =
        JsonObject.builder()
            .put("event", "stats")
            .put("version", 1)
            .put("total_ms", total().toNanos() / 1e6)
            .put("phases_ms", times.build());
    counts.forEach((counter, count) -> all.put(counter.key(), count));
    return all.build();
  }

  private Duration total() {
    return Duration.between(started, clock.instant());
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%,.1f", time.toNanos() / 1e6);
  }

  /** A phase that is going on. */
  @FunctionalInterface
  interface Phase extends AutoCloseable {
    @Override
    void close();
  }
}
