package dev.duckpond.factories;

import static dev.duckpond.factories.KeptReductions.AGGREGATIONS;
import static dev.duckpond.factories.KeptReductions.DAY;
import static dev.duckpond.factories.KeptReductions.START;
import static dev.duckpond.factories.KeptReductions.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.TemporalBounds;
import dev.duckpond.tinyfs.TimeRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of reductions tells the same as computing everything, whatever changes. */
class RollupChangesTest {
  @TempDir Path directory;
  private KeptReductions reductions;

  @BeforeEach
  void open() {
    reductions = new KeptReductions(directory);
  }

  @AfterEach
  void close() {
    reductions.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolutions: [1h, 2h, 7h, 1d, 1w]",
        "resolutions: [15m, 1h, 1d, 1w, 1mo, 1q]\ntimezone: America/Los_Angeles",
        "resolutions: [1h, 1d, 3d, 1mo]\ntimezone: Asia/Kathmandu",
        "resolutions: [1d, 7d, 1mo, 1y]\ntimezone: Europe/Lisbon",
      })
  void reduce_randomChanges_keptEqualsComputed(String resolutions) {
    changeAndCompare(resolutions, 6);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolutions: [30m, 2h, 7h, 1d, 1w]",
        "resolutions: [15m, 1h, 1d, 1w, 1mo, 1q]\ntimezone: America/New_York",
        "resolutions: [1d, 7d, 1mo, 1y]\ntimezone: Australia/Lord_Howe",
      })
  void reduce_manyRandomChanges_keptEqualsComputed(String resolutions) {
    changeAndCompare(resolutions, 60);
  }

  private void changeAndCompare(String resolutions, int steps) {
    long seed = Long.getLong("duckpond.seed", 20_261_121L);
    SplittableRandom random = new SplittableRandom(seed);
    reductions.append("/in/a.series", START, 600, 3000, 1);
    reductions.append("/in/b.series", START + 20 * DAY, 900, 2000, 2);
    pond().node("timeseries-join", "/in/ab", "inputs:\n" + input("a") + input("b"));
    pond()
        .node(
            "temporal-reduce",
            "/r",
            "in_pattern: /in/*\nout_pattern: $0\n" + resolutions + "\n" + AGGREGATIONS);
    List<String> files = files("/r");
    assertThat(files).hasSizeGreaterThanOrEqualTo(12);
    files.forEach(reductions::requireSame);
    for (int step = 0; step < steps; step++) {
      String change = change(random, step);
      for (int i = 0; i < 3; i++) {
        String path = files.get(random.nextInt(files.size()));
        TimeRange range = range(random);
        assertThat(reductions.kept(path, range))
            .as("%s %s, step %d: %s, -Dduckpond.seed=%d", path, range, step, change, seed)
            .isEqualTo(pond().csv(path, range));
      }
    }
    for (String path : files) {
      assertThat(reductions.kept(path, TimeRange.ALL))
          .as("%s, -Dduckpond.seed=%d", path, seed)
          .isEqualTo(pond().csv(path, TimeRange.ALL));
    }
  }

  private ComputedPond pond() {
    return reductions.pond();
  }

  private static String input(String name) {
    return "  - {pattern: /in/" + name + ".series, scope: " + name + "}\n";
  }

  private List<String> files(String path) {
    List<String> files = new ArrayList<>();
    for (var match : QuerySession.match(pond().tree(), PondUrl.parse(path + "/**/*.series"))) {
      files.add(match.path().toString());
    }
    return files;
  }

  private static TimeRange range(SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return TimeRange.ALL;
    }
    long from = micros(START + random.nextLong(-5 * DAY, 80 * DAY));
    return new TimeRange(from, from + random.nextLong(micros(60 * DAY)));
  }

  private static long micros(long seconds) {
    return seconds * 1_000_000;
  }

  /** Changes something and says what. */
  private String change(SplittableRandom random, int step) {
    String path = random.nextBoolean() ? "/in/a.series" : "/in/b.series";
    long newest = START + (30 + step) * DAY;
    // Across the changes to daylight saving of March.
    long late = START + random.nextLong(90 * DAY);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> reductions.append(path, newest, 600, random.nextLong(1, 300), step);
      case 3 -> reductions.append(path, late, 60, random.nextLong(1, 50), step);
      case 4 ->
          pond().append(path, rows(0, 60, 3, step) + " UNION ALL " + rows(newest, 600, 20, step));
      case 5 -> {
        pond().remove(path);
        reductions.append(path, START, 700, 4000, step);
        return "other rows in " + path;
      }
      case 6 -> {
        pond().unite(path);
        return "one version in " + path;
      }
      case 7 -> {
        TemporalBounds bounds = bounds(random, late);
        pond().bound(path, bounds);
        return "of " + path + " only " + bounds;
      }
      case 8 -> {
        harm(random);
        return "damage";
      }
      default -> {
        // Everything is read again.
        return "nothing";
      }
    }
    return "more rows in " + path;
  }

  private static TemporalBounds bounds(SplittableRandom random, long second) {
    Optional<Long> instant = Optional.of(micros(second));
    return switch (random.nextInt(4)) {
      case 0 -> new TemporalBounds(instant, Optional.empty());
      case 1 -> new TemporalBounds(Optional.empty(), instant);
      case 2 -> new TemporalBounds(instant, instant.map(from -> from + micros(20 * DAY)));
      default -> TemporalBounds.NONE;
    };
  }

  /** Removes or damages a file of what is kept. */
  private void harm(SplittableRandom random) {
    try (Stream<Path> all = Files.walk(pond().rollups())) {
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      if (files.isEmpty()) {
        return;
      }
      Path file = files.get(random.nextInt(files.size()));
      if (random.nextBoolean()) {
        Files.delete(file);
      } else {
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= 0x55;
        Files.write(file, bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
