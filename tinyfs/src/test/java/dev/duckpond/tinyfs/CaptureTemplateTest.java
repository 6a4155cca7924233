package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CaptureTemplateTest {
  private static final Captures TWELVE =
      new Captures(IntStream.range(0, 12).mapToObj(i -> "<" + i + ">").toList());

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "'', ''",
    "$0, <0>",
    "a$1b, a<1>b",
    "$1$0, <1><0>",
    "$10, <1>0",
    "${10}, <10>",
    "${11}x, <11>x",
    "${0}0, <0>0",
    "$, $",
    "$$0, $<0>",
    "a$b, a$b",
    "${}, ${}",
    "${x}, ${x}",
    "${1, ${1",
    "x$, x$",
    "$0🦆$1, <0>🦆<1>",
    "${007}, <7>"
  })
  void expand_replacesReferences(String template, String expected) {
    CaptureTemplate parsed = CaptureTemplate.parse(template, 12);

    assertThat(parsed.expand(TWELVE)).isEqualTo(expected);
    assertThat(parsed).hasToString(template);
  }

  @Test
  void expand_captureWithDollar_isNotExpandedAgain() {
    assertThat(CaptureTemplate.parse("$0$1", 2).expand(new Captures(List.of("$1", "\\"))))
        .isEqualTo("$1\\");
  }

  @ParameterizedTest
  @CsvSource({
    "$0, 0, 0, the pattern has 0 captures. Add a wildcard to the pattern or remove the reference.",
    "a$1, 1, 1, 'the pattern has 1 capture. Use $0, or add a wildcard to the pattern.'",
    "${12}, 12, 12, the pattern has 12 captures. Use $0 to $11.",
    "${99999999999}, 2, 99999999999, the pattern has 2 captures. Use $0 to $1."
  })
  void parse_referenceWithoutCapture_isRefused(
      String template, int captures, String number, String rest) {
    assertThatThrownBy(() -> CaptureTemplate.parse(template, captures))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage("'" + template + "' refers to capture " + number + ": " + rest);
  }
}
