package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlapsTest {
  private static TimeSpan span(String path, long version, long min, long max) {
    return new TimeSpan(PondPath.of(path), Optional.of(version), new EventBounds(min, max));
  }

  private static String text(TimeStretch stretch) {
    return side(stretch.one())
        + stretch.other().map(other -> " " + side(other)).orElse("")
        + " "
        + stretch.bounds().minMicros()
        + ".."
        + stretch.bounds().maxMicros();
  }

  private static String side(TimeStretch.Side side) {
    return side.path() + side.versionText().map(text -> ":" + text).orElse("");
  }

  @Test
  void runs_endWhereAVersionBeginsTooEarly() {
    List<TimeSpan> spans =
        List.of(
            span("/a", 1, 0, 5),
            span("/a", 2, 6, 9),
            span("/a", 3, 9, 12),
            span("/a", 4, 20, 30),
            span("/a", 5, 3, 4));

    assertThat(Overlaps.runs(spans).stream().map(OverlapsTest::text))
        .containsExactly("/a:1-2 0..9", "/a:3-4 9..30", "/a:5 3..4");
    assertThat(Overlaps.find(spans).stream().map(OverlapsTest::text))
        .containsExactly("/a:1 /a:5 3..4", "/a:2 /a:3 9..9");
    assertThat(Overlaps.runs(List.of())).isEmpty();
  }

  @Test
  void find_severalNodes_joinsWhatGoesOn() {
    List<TimeSpan> spans =
        List.of(
            span("/a", 1, 0, 10),
            span("/a", 2, 11, 20),
            span("/b", 7, 5, 12),
            span("/b", 8, 12, 13),
            new TimeSpan(PondPath.of("/c"), Optional.empty(), new EventBounds(20, 21)));

    assertThat(Overlaps.find(spans).stream().map(OverlapsTest::text))
        .containsExactly(
            "/b:7 /b:8 12..12", "/a:1 /b:7 5..10", "/a:2 /b:7-8 11..13", "/a:2 /c 20..20");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void find_anySpans_coversWhatIsToldTwice(long seed) {
    Random random = new Random(seed);
    List<TimeSpan> spans = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long from = random.nextInt(200);
      spans.add(span("/" + "abc".charAt(i % 3), i / 3 + 1, from, from + random.nextInt(15)));
    }

    List<TimeStretch> found = Overlaps.find(spans);

    for (String pair : List.of("/a/a", "/a/b", "/a/c", "/b/b", "/b/c", "/c/c")) {
      assertThat(instants(found, pair)).as("seed %d, %s", seed, pair).isEqualTo(twice(spans, pair));
    }
  }

  private static Set<Long> instants(List<TimeStretch> found, String pair) {
    Set<Long> instants = new TreeSet<>();
    for (TimeStretch each : found) {
      if (pair.equals(each.one().path() + each.other().orElseThrow().path())) {
        for (long at = each.bounds().minMicros(); at <= each.bounds().maxMicros(); at++) {
          instants.add(at);
        }
      }
    }
    return instants;
  }

  private static Set<Long> twice(List<TimeSpan> spans, String pair) {
    Set<Long> instants = new TreeSet<>();
    for (TimeSpan one : spans) {
      for (TimeSpan other : spans) {
        if (!one.equals(other) && pair.equals(one.path() + other.path().toString())) {
          for (long at = one.bounds().minMicros(); at <= one.bounds().maxMicros(); at++) {
            if (at >= other.bounds().minMicros() && at <= other.bounds().maxMicros()) {
              instants.add(at);
            }
          }
        }
      }
    }
    return instants;
  }
}
