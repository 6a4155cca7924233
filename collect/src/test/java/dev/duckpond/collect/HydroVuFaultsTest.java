package dev.duckpond.collect;

import static dev.duckpond.collect.HydroVuHarbour.CLIENT;
import static dev.duckpond.collect.HydroVuHarbour.COMMITS;
import static dev.duckpond.collect.HydroVuHarbour.SECRET;
import static dev.duckpond.collect.HydroVuHarbour.TWO;
import static dev.duckpond.collect.HydroVuHarbour.expectedTwo;
import static dev.duckpond.collect.HydroVuHarbour.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.simulate.FaultKind;
import dev.duckpond.simulate.FaultPlan;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The collector against a service that fails, and a process that ends: no gap, no duplicate. */
final class HydroVuFaultsTest {
  private static final EnumSet<FaultKind> QUICK =
      EnumSet.complementOf(EnumSet.of(FaultKind.SLOW_BODY));

  /** A body that does not come is given up after this time. */
  private static final Duration SHORT_PATIENCE = Duration.ofMillis(300);

  @TempDir Path directory;
  private HydroVuHarbour harbour;

  @BeforeEach
  void open() throws IOException {
    harbour = HydroVuHarbour.open(directory);
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  @Test
  void collect_killedAtEveryCommit_goesOnWithoutGapAndWithoutDuplicate() {
    for (int number = 1; number <= COMMITS; number++) {
      CollectPond pond = harbour.begin();
      if (number % 2 == 0) {
        pond.killBeforeCommit(number);
      } else {
        pond.killAfterCommit(number);
      }
      assertThatThrownBy(harbour::collect).isInstanceOf(CollectPond.Killed.class);
      pond.killNoMore();
      pond.reopen();
      harbour.collect().requireDone();
      harbour.requireAll();
    }
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void collect_firstCallOfEachKindFails_isNotSeen(FaultKind kind) {
    harbour.withoutBatches();
    if (kind == FaultKind.SLOW_BODY) {
      harbour.pond().attemptTimeout(SHORT_PATIENCE);
    }
    harbour.server().setFaults(FaultPlan.firstOfEachPath(kind));

    CollectPond.Ran ran = harbour.collect().requireDone();

    harbour.requireAll();
    assertThat(ran.text()).doesNotContain(SECRET).doesNotContain(CLIENT);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void collect_oneFaultAtAnyCall_isNotSeen(FaultKind kind) {
    harbour.collect().requireDone();
    long callsOfARun = harbour.server().calls();
    for (int call = 1; call <= callsOfARun; call++) {
      CollectPond pond = harbour.begin();
      if (kind == FaultKind.SLOW_BODY) {
        pond.attemptTimeout(SHORT_PATIENCE);
      }
      harbour.server().setFaults(FaultPlan.at(harbour.server().calls() + call, kind));
      harbour.collect().requireDone();
      harbour.requireAll();
    }
  }

  @RepeatedTest(3)
  void collect_faultsAtRandom_areNotSeen() {
    long seed = seed();
    harbour.server().setFaults(FaultPlan.random(seed, 0.4, 2, QUICK));

    harbour.collect().requireDone();

    harbour.requireAll();
    harbour.server().setFaults(FaultPlan.NONE);
    harbour.collect().requireDone();
    assertThat(harbour.pond().commits()).isZero();
  }

  /** Faults in rows that are too long for the retries, so that runs fail, and kills between. */
  @Tag("slow")
  @RepeatedTest(20)
  void collect_faultsAndKillsAtRandom_endWithEveryRowOnce() {
    SplittableRandom random = new SplittableRandom(seed());
    CollectPond pond = harbour.pond().attemptTimeout(SHORT_PATIENCE);
    harbour
        .server()
        .setFaults(FaultPlan.random(random.nextLong(), 0.6, 20, EnumSet.allOf(FaultKind.class)));
    int failed = 0;
    int killed = 0;
    for (int run = 0; run < 20; run++) {
      if (random.nextBoolean()) {
        pond.killBeforeCommit(1 + random.nextInt(2));
      } else {
        pond.killAfterCommit(1 + random.nextInt(2));
      }
      try {
        failed += harbour.collect().failure().isPresent() ? 1 : 0;
      } catch (CollectPond.Killed e) {
        killed++;
      }
      pond.reopen();
    }
    pond.killNoMore();
    harbour.server().setFaults(FaultPlan.NONE);

    harbour.collect().requireDone();

    System.out.printf("HydroVuFaultsTest: %d runs failed, %d were killed%n", failed, killed);
    harbour.requireAll();
  }

  private static long seed() {
    long seed = Long.getLong("duckpond.seed", System.nanoTime());
    System.out.println("HydroVuFaultsTest: -Dduckpond.seed=" + seed);
    return seed;
  }

  @Test
  void collect_retryAfterInSecondsAndAsDate_waitsAsLong() {
    harbour.server().setFaults(FaultPlan.at(1, FaultKind.TOO_MANY_FOR_SECONDS));
    harbour.collect().requireDone();
    assertThat(harbour.pond().pauses()).containsExactly(Duration.ofSeconds(7));

    long next = harbour.server().calls() + 1;
    harbour.server().setFaults(FaultPlan.at(next, FaultKind.TOO_MANY_UNTIL_DATE));
    harbour.collect().requireDone();
    assertThat(harbour.pond().pauses()).hasSize(2);
    assertThat(harbour.pond().pauses().getLast())
        .isBetween(Duration.ofSeconds(6), Duration.ofSeconds(7));
  }

  @Test
  void collect_oneDeviceFails_theOthersAreDoneAndTheSummaryNamesIt() {
    harbour.server().setFaults(FaultPlan.always("/locations/11/", FaultKind.UNAVAILABLE));

    CollectPond.Ran ran = harbour.collect();

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining("1 of 2 devices failed")
        .hasMessageContaining(
            "one: HydroVu does not answer: GET /public-api/v1/locations/11/data: it answered 503,"
                + " after 6 attempts");
    assertThat(harbour.pond().rows(TWO)).isEqualTo(expectedTwo());
    assertThat(harbour.pond().pauses()).hasSize(5);
    harbour.server().setFaults(FaultPlan.NONE);
    harbour.collect().requireDone();
    harbour.requireAll();
  }

  @Test
  void collect_everyCallFails_pausesGrowWithinTheirBounds() {
    harbour.server().setFaults(FaultPlan.always("/friendlynames", FaultKind.RESET));

    CollectPond.Ran ran = harbour.collect();

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.Failed.class)
        .hasMessageContaining("HydroVu does not answer: GET /public-api/v1/sispec/friendlynames: ")
        .hasMessageContaining("after 6 attempts");
    for (int i = 0; i < 5; i++) {
      Duration whole = Duration.ofSeconds(1L << i);
      assertThat(harbour.pond().pauses().get(i)).isBetween(whole.dividedBy(2), whole);
    }
  }

  @Test
  void collect_deadlineIsOver_stopsAndSaysWhatStays() {
    harbour.server().setFaults(FaultPlan.always("/locations/22/", FaultKind.TOO_MANY_FOR_SECONDS));

    CollectPond.Ran ran = harbour.collectWith("deadline: 20s");

    assertThat(ran.failure().orElseThrow())
        .hasMessageContaining(
            "two: GET /public-api/v1/locations/22/data took too long: a run may take 20 s; at"
                + " last it answered 429. What came in so far is stored; the next run goes on there.");
    assertThat(harbour.pond().rows(HydroVuHarbour.ONE)).hasSize(HydroVuHarbour.ROWS);
  }

  /** Lets each call of a path take some time, and fail or not. */
  private FaultPlan taking(Duration length, String pathPart, Optional<FaultKind> fault) {
    return call -> {
      if (!call.path().contains(pathPart)) {
        return Optional.empty();
      }
      harbour.pond().clock().advance(length);
      return fault;
    };
  }

  @Test
  void collect_deviceHangs_leavesTheOthersTheirShareOfTheTime() {
    harbour
        .server()
        .setFaults(
            taking(Duration.ofSeconds(10), "/locations/11/", Optional.of(FaultKind.UNAVAILABLE)));

    CollectPond.Ran ran = harbour.collectWith("deadline: 40s");

    assertThat(ran.failure().orElseThrow())
        .hasMessageContaining("1 of 2 devices failed")
        .hasMessageContaining(
            "one: GET /public-api/v1/locations/11/data took too long: of the 40 s of a run it may"
                + " take 20 s without an answer, as others wait; at last it answered 503. What");
    assertThat(harbour.pond().rows(TWO)).isEqualTo(expectedTwo());
  }

  @Test
  void collect_deviceWithMuchToSend_isNotCutAndTheNextSaysThatItWasNotAsked() {
    harbour.server().setFaults(taking(Duration.ofSeconds(15), "/locations/11/", Optional.empty()));

    CollectPond.Ran ran = harbour.collectWith("deadline: 90s");

    assertThat(harbour.pond().rows(HydroVuHarbour.ONE)).isEqualTo(HydroVuHarbour.expectedOne());
    assertThat(ran.failure().orElseThrow())
        .hasMessageContaining("1 of 2 devices failed")
        .hasMessageContaining(
            "two: GET /public-api/v1/locations/22/data was not asked: the 90 s that a run may take"
                + " were over. What came in so far is stored; the next run goes on there.");
  }

  @Test
  void collect_everyTokenIsRefused_saysSoOfTheAccount() {
    harbour.server().setFaults(FaultPlan.always("/locations/11/", FaultKind.UNAUTHORIZED));

    assertThat(harbour.collect().failure().orElseThrow())
        .hasMessageContaining(
            "one: HydroVu does not let the account read: GET /public-api/v1/locations/11/data: it"
                + " answered 401, with each of 3 new tokens. Look whether the account may read"
                + " locations and data.");
  }

  @Test
  void collect_tokenThatExpiresBetweenPages_isRenewed() {
    harbour.serve(usual().pages(3, 4).tokens(3));

    harbour.collect().requireDone();

    harbour.requireAll();
    assertThat(harbour.server().tokensGiven()).isGreaterThan(3);
  }
}
