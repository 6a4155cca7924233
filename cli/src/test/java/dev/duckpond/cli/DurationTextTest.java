package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "0, PT0S",
    "90, PT1M30S",
    "250ms, PT0.25S",
    "1.5h, PT1H30M",
    "1h30m, PT1H30M",
    "1h 30m, PT1H30M",
    "7d, PT168H",
    "PT5M, PT5M"
  })
  void parse_duration_isRead(String text, Duration duration) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "5 weeks", "s", "-3s", "3s ago", "Pfoo"})
  void parse_otherText_saysWhatADurationIs(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a duration such as 30s, 1h30m or 7d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999d", "PT-5M"})
  void parse_tooLongOrBelowZero_isOutOfRange(String text) {
    assertThatThrownBy(() -> DurationText.parse(text)).hasMessage("'" + text + "' is out of range");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.85S, 850 ms",
    "PT2.44S, 2.4 s",
    "PT3M5S, 3 min 5 s",
    "PT2H10M, 2 h 10 min",
    "PT1H, 1 h",
    "PT15M, 15 min",
    "PT49H, 2 d 1 h"
  })
  void format_duration_isShort(Duration duration, String text) {
    assertThat(DurationText.format(duration)).isEqualTo(text);
  }
}
