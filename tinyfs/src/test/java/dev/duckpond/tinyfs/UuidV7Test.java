package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class UuidV7Test {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final UuidV7 ids = new UuidV7(time::get, new SplittableRandom(3));

  @Test
  void id_holdsVersionVariantAndMilliseconds() {
    for (int i = 0; i < 100; i++) {
      time.set(NOW.plusMillis(i));
      UUID id = ids.next();

      assertThat(id.version()).isEqualTo(7);
      assertThat(id.variant()).isEqualTo(2);
      assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.plusMillis(i).toEpochMilli());
    }
  }

  @Test
  void ids_whateverTheClockDoes_increaseStrictly() {
    List<NodeId> made = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (i % 1_000 == 999) {
        time.set(NOW.plusSeconds(i % 2_000 == 999 ? 60 : -60));
      }
      made.add(new NodeId(ids.next()));
    }
    assertThat(made).isSorted().doesNotHaveDuplicates();
    assertThat(made.stream().map(NodeId::toString).toList()).isSorted();
  }

  @Test
  void ids_fromSeveralThreads_differ() throws Exception {
    Set<UUID> all = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<UUID>>> parts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        parts.add(
            threads.submit(() -> {
              List<UUID> part = new ArrayList<>();
              for (int j = 0; j < 5_000; j++) {
                part.add(ids.next());
              }
              return part;
            }));
      }
      for (Future<List<UUID>> part : parts) {
        all.addAll(part.get());
      }
    }
    assertThat(all).hasSize(20_000);
  }

  @Test
  void ids_compareAsTheirTextsAndShorten() {
    NodeId low = NodeId.of("01957e2c-0000-7000-8000-000000000001");
    NodeId high = NodeId.of("f1957e2c-0000-7000-bfff-ffffffffffff");

    assertThat(low).isLessThan(high);
    assertThat(low.shortText()).isEqualTo("000000000001");
    assertThat(new PondId(high.uuid()).shortText()).isEqualTo("ffffffffffff");
    assertThat(TxnId.of(low.toString())).isLessThan(new TxnId(high.uuid()));
  }
}
