package dev.duckpond.cli;

import dev.duckpond.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Collects what a command cost: time by phase and counts. What was not counted is 0. Safe for use
 * by several threads.
 *
 * <p>As JSON it is one line {@code {"event":"stats","version":1,"total_ms":…,"phases_ms":{…}, …}}
 * with a member for each {@link Counter}; times are in tenths of a millisecond, and the phase
 * {@code rest} is what no other phase accounts for.
 */
final class Stats {
  /** What is counted. */
  enum Counter {
    /** Files of this machine, or contents of the pond, read as bytes or handed to the engine. */
    FILES_OPENED,
    /** Their sizes; of one that was handed to the engine the whole, however little it read. */
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

  private static final String REST = "rest";
  private static final double NANOS_PER_TENTH = 1e5;
  private static final double TENTHS = 10;

  private final InstantSource clock;
  private final Instant started;
  private final Map<String, Duration> phases = new LinkedHashMap<>();
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private boolean isWanted;

  Stats(InstantSource clock) {
    this.clock = clock;
    this.started = clock.instant();
    for (Counter counter : Counter.values()) {
      counts.put(counter, 0L);
    }
  }

  /** Says that somebody wants to know, so that what costs time to count is counted. */
  synchronized void want() {
    isWanted = true;
  }

  /** Adds the files that a query read from, when somebody wants to know. */
  synchronized void addFiles(Set<Path> files) {
    if (isWanted) {
      add(Counter.FILES_OPENED, files.size());
      add(Counter.BYTES_READ, files.stream().mapToLong(Stats::size).sum());
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      // It was there a moment ago; the count is for information.
      return 0;
    }
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
    Duration total = total();
    text.append(String.format(Locale.ROOT, "%-22s%14s%n", "time", millis(total) + " ms"));
    allPhases(total)
        .forEach((name, time) ->
            text.append(
                String.format(Locale.ROOT, "%-22s%14s%n", "  " + name, millis(time) + " ms")));
    counts.forEach((counter, count) ->
        text.append(
            String.format(Locale.ROOT, "%-22s%,14d%n", counter.key().replace('_', ' '), count)));
    return text.toString();
  }

  /** Answers the cost so far as JSON. */
  synchronized JsonObject toJson() {
    JsonObject.Builder times = JsonObject.builder();
    Duration total = total();
    allPhases(total).forEach((name, time) -> times.put(name, tenths(time)));
    JsonObject.Builder all =
        JsonObject.builder()
            .put("event", "stats")
            .put("version", 1)
            .put("total_ms", tenths(total))
            .put("phases_ms", times.build());
    counts.forEach((counter, count) -> all.put(counter.key(), count));
    return all.build();
  }

  private Map<String, Duration> allPhases(Duration total) {
    Map<String, Duration> all = new LinkedHashMap<>(phases);
    Duration known = phases.values().stream().reduce(Duration.ZERO, Duration::plus);
    // Phases on several threads may come to more than the whole.
    all.put(REST, known.compareTo(total) < 0 ? total.minus(known) : Duration.ZERO);
    return all;
  }

  private static double tenths(Duration time) {
    return Math.round(time.toNanos() / NANOS_PER_TENTH) / TENTHS;
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
