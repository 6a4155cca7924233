package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.testkit.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
  private final FakeClock clock = new FakeClock(CollectPond.START);

  @Test
  void seconds_durations_areShownAsPeopleReadThem() {
    assertThat(Deadline.seconds(Duration.ofMillis(38_389))).isEqualTo("38 s");
    assertThat(Deadline.seconds(Duration.ofMillis(389))).isEqualTo("389 ms");
    assertThat(Deadline.seconds(Duration.ZERO)).isEqualTo("0 s");
  }

  @Test
  void first_partsOfWhatIsLeft_areEqual() {
    Deadline run = Deadline.in(clock, Duration.ofSeconds(40));
    clock.advance(Duration.ofSeconds(10));

    assertThat(run.first(3).left()).isEqualTo(Duration.ofSeconds(10));
    assertThat(run.first(1).left()).isEqualTo(Duration.ofSeconds(30));
    clock.advance(Duration.ofSeconds(31));
    assertThat(run.first(3).left()).isZero();
  }

  @Test
  void first_ofManyParts_isLongEnoughToWaitForAMinuteThatIsUsedUp() {
    assertThat(Deadline.in(clock, Duration.ofHours(1)).first(1000).left())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(Deadline.in(clock, Duration.ofMinutes(5)).first(1000).left())
        .isEqualTo(Duration.ofSeconds(30));
    Deadline run = Deadline.in(clock, Duration.ofHours(1));
    clock.advance(Duration.ofMinutes(59));
    assertThat(run.first(1000).left()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void over_wholeAndPart_sayWhichTimeIsOver() {
    Deadline run = Deadline.in(clock, Duration.ofSeconds(40));

    assertThat(run.first(1).over("it", "").reason()).isEqualTo("a run may take 40 s");
    assertThat(run.first(4).over("it", "it answered 503").reason())
        .isEqualTo(
            "of the 40 s of a run it may take 10 s without an answer, as others wait; at last it"
                + " answered 503");
    assertThat(run.overBefore("it").problem()).isEqualTo("it was not asked");
  }
}
