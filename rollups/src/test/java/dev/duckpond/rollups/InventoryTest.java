package dev.duckpond.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final int END = 60;

  private static Holding holding(long from, long to, long key, String file) {
    return new Holding(from, to, new TileKey(key, 0), new Segment(file, 1, 1));
  }

  @Test
  void with_overlappingSpan_cutsWhatWasThere() {
    Inventory inventory = new Inventory(List.of(holding(0, 10, 1, "a"), holding(10, 20, 2, "a")));

    assertThat(inventory.with(List.of(holding(5, 12, 3, "b"))).holdings())
        .containsExactly(holding(0, 5, 1, "a"), holding(5, 12, 3, "b"), holding(12, 20, 2, "a"));
  }

  @Test
  void with_neighbourOfTheSameContentInTheSameFile_isOneSpan() {
    Inventory inventory = new Inventory(List.of(holding(0, 10, 1, "a")));

    assertThat(inventory.with(List.of(holding(10, 20, 1, "a"))).holdings())
        .containsExactly(holding(0, 20, 1, "a"));
    assertThat(inventory.with(List.of(holding(10, 20, 1, "b"))).holdings()).hasSize(2);
    assertThat(inventory.with(List.of(holding(11, 20, 1, "a"))).holdings()).hasSize(2);
  }

  @Test
  void with_randomSpans_holdsAtEachInstantWhatCameLast() {
    long seed = Long.getLong("duckpond.seed", 20_261_121L);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      Inventory inventory = Inventory.EMPTY;
      List<Optional<Holding>> model = new ArrayList<>(Collections.nCopies(END, Optional.empty()));
      for (int step = 0; step < 12; step++) {
        List<Holding> added = spans(random, step);
        inventory = inventory.with(added);
        for (Holding one : added) {
          for (long at = one.fromMicros(); at < one.toMicros(); at++) {
            model.set((int) at, Optional.of(one));
          }
        }
        requireSame(inventory, model, "round %d, -Dduckpond.seed=%d".formatted(round, seed));
      }
    }
  }

  /** Spans that do not overlap, not always in order. */
  private static List<Holding> spans(SplittableRandom random, int step) {
    List<Holding> spans = new ArrayList<>();
    int at = random.nextInt(20);
    while (at < END) {
      int to = Math.min(END, at + random.nextInt(1, 15));
      spans.add(
          random.nextInt(spans.size() + 1),
          holding(at, to, random.nextInt(2), random.nextBoolean() ? "f" + step : "f"));
      at = to + random.nextInt(20);
    }
    return spans;
  }

  private static void requireSame(
      Inventory inventory, List<Optional<Holding>> model, String description) {
    long reached = 0;
    for (Holding holding : inventory.holdings()) {
      assertThat(holding.fromMicros()).as(description).isGreaterThanOrEqualTo(reached);
      reached = holding.toMicros();
    }
    for (int i = 0; i < END; i++) {
      int at = i;
      assertThat(
              inventory.holdings().stream()
                  .filter(holding -> holding.meets(at, at + 1L))
                  .map(holding -> holding.cut(at, at + 1L))
                  .findFirst())
          .as("instant %d, %s", at, description)
          .isEqualTo(model.get(at).map(holding -> holding.cut(at, at + 1L)));
    }
  }
}
