package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2024-05-01T12:00:00Z, 2024-05-01T12:00:00Z",
    "2024-05-01 12:00:00Z, 2024-05-01T12:00:00Z",
    "2024-05-01T12:00:00.25+02:00, 2024-05-01T10:00:00.250Z",
    "2024-05-01, 2024-05-01T00:00:00Z",
    "1714564800000, 2024-05-01T12:00:00Z",
    "-86400000, 1969-12-31T00:00:00Z"
  })
  void parse_time_isRead(String text, Instant instant) {
    assertThat(TimeText.parse(text)).isEqualTo(instant);
  }

  @Test
  void parse_noOffset_saysHowToWriteUtc() {
    assertThatThrownBy(() -> TimeText.parse("2024-05-01T12:00:00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'2024-05-01T12:00:00' has no offset from UTC; write 2024-05-01T12:00:00Z for UTC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2024-13-01", "2024", "2024-05-01T25:00:00Z"})
  void parse_otherText_saysWhatATimeIs(String text) {
    assertThatThrownBy(() -> TimeText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'"
                + text
                + "' is not a time such as 2024-05-01T12:00:00Z, 2024-05-01 or 1714564800000");
  }
}
