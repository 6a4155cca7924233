package dev.duckpond.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExcerptTest {
  private static final String DRAWN = "LINE 10: FROM x\n               ^";

  @Test
  void findIn_lineOfThePart_countsFromItsFirstAndKeepsTheMarkBelowThePlace() {
    assertThat(Excerpt.parse(DRAWN).orElseThrow().findIn(1, 20).map(Excerpt::toString))
        .contains("LINE 9: FROM x\n              ^");
    assertThat(Excerpt.parse(DRAWN).orElseThrow()).hasToString(DRAWN);
  }

  @Test
  void findIn_lineBeforeOrBehindThePart_isEmpty() {
    assertThat(Excerpt.parse(DRAWN).orElseThrow().findIn(10, 5)).isEmpty();
    assertThat(Excerpt.parse(DRAWN).orElseThrow().findIn(1, 8)).isEmpty();
  }

  @Test
  void parse_drawnInAnotherWay_isEmpty() {
    assertThat(Excerpt.parse("LINE 1: x")).isEmpty();
    assertThat(Excerpt.parse("LINE 1: x\n ^")).isEmpty();
    assertThat(Excerpt.parse("LINE x: x\n          ^")).isEmpty();
  }
}
