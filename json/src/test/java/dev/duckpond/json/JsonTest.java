package dev.duckpond.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "false",
        "0",
        "-0",
        "9223372036854775807",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "1.50",
        "1e300",
        "\"\"",
        "\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001f\"",
        "\"ünïcødé 🦆 \u2028\"",
        "{\"z\":1,\"a\":[1,2,{\"b\":null}],\"\":{}}"
      })
  void parse_thenToText_isUnchanged(String text) throws IOException {
    assertThat(Json.parse(text).toText()).isEqualTo(text);
    try (InputStream stream = utf8(text)) {
      assertThat(Json.parse(stream)).isEqualTo(Json.parse(text));
    }
    assertThat(Json.parse(Json.parse(text).toPrettyText())).isEqualTo(Json.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 1 | the document ends where a value is expected",
        "{\"a\":1} x | 1 | Unrecognized token 'x'",
        "1 2 | 1 | unexpected text after the end of the document",
        "{\"a\":1,\"a\":2} | 1 | member \"a\" is given twice",
        "{\"a\":} | 1 | Unexpected character ('}'",
        "[1,] | 1 | Unexpected character (']'",
        "{a:1} | 1 | Unexpected character ('a'",
        "NaN | 1 | Non-standard token 'NaN'",
        "01 | 1 | Invalid numeric value",
        "'a' | 1 | Unexpected character",
        "[1 | 1 | Unexpected end-of-input: expected close marker for Array (line 1, column",
        "{\"a\":[1} | 1 | Unexpected close marker '}': expected ']' (line 1, column 8)",
        "\"a | 1 | Unexpected end-of-input"
      })
  void parse_notJson_saysWhatAndWhere(String text, int line, String message) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(text))
        .withMessageStartingWith(message)
        .satisfies(e -> assertThat(e.line()).isEqualTo(line))
        .satisfies(e -> assertThat(e.column()).isPositive());
  }

  @Test
  void parse_errorOnThirdLine_namesTheLine() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("{\n  \"a\": 1,\n  \"b\" 2\n}"))
        .withMessageContaining("line 3")
        .satisfies(e -> assertThat(e.line()).isEqualTo(3))
        .satisfies(e -> assertThat(e.column()).isEqualTo(7));
  }

  @Test
  void parse_tooDeep_isRefused() {
    String fits = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);
    assertThat(Json.parse(fits).toText()).isEqualTo(fits);
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse("[" + fits + "]"))
        .withMessageContaining("nesting depth");
  }

  @Test
  void parse_tooLong_isRefused() {
    String text = " ".repeat(Json.MAX_SIZE) + "1";
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(text))
        .withMessageContaining("too long");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(utf8(text)))
        .withMessageContaining("Document length");
  }

  @Test
  void parse_stream_isLeftOpen() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stream =
        new ByteArrayInputStream("1".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThat(Json.parse(stream)).isEqualTo(Json.of(1));
    assertThat(closed).isFalse();
    stream.close();
  }

  @Test
  void parse_invalidUtf8_isRefused() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(new ByteArrayInputStream(new byte[] {'"', (byte) 0xC3, '"'})))
        .withMessageContaining("UTF-8");
  }

  @Test
  void toText_loneSurrogates_areEscapedAndPairsAreNot() {
    String text = "a\uD800b\uDC00c\uD83E\uDD86";
    assertThat(Json.of(text).toText()).isEqualTo("\"a\\ud800b\\udc00c\uD83E\uDD86\"");
    assertThat(Json.parse(Json.of(text).toText()).text()).isEqualTo(text);
  }

  @Test
  void numbers_ofDoubles_comeBackAndNonFiniteIsNull() {
    assertThat(Json.of(0.1).toText()).isEqualTo("0.1");
    assertThat(Json.of(1e300).doubleValue()).isEqualTo(1e300);
    assertThat(Json.of(Double.NaN).toText()).isEqualTo("null");
    assertThat(Json.of(Double.NEGATIVE_INFINITY).isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1.0,1", "1e3,1000", "-0,0", "9223372036854775807,9223372036854775807"})
  void longValue_ofAnInteger_isExact(String literal, long value) {
    assertThat(Json.parse(literal).longValue()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "9223372036854775808", "1e400000000", "\"1\"", "null", "{}"})
  void longValue_ofAnythingElse_throws(String text) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.parse(text).longValue())
        .withMessage("expected an integer, found " + text);
  }

  @Test
  void intValue_beyond32Bits_throws() {
    assertThat(Json.of(-7).intValue()).isEqualTo(-7);
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.of(1L << 31).intValue())
        .withMessage("expected an integer of 32 bits, found 2147483648");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "01", "1.", ".5", "1e", "+1", "NaN", "0x1", "1 ", "1_0", "١"})
  void number_badLiteral_isRefused(String literal) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonNumber(literal))
        .withMessage("not a JSON number: " + literal);
  }

  @Test
  void builder_ofAllKinds_keepsOrder() {
    JsonObject object =
        JsonObject.builder()
            .put("b", 1)
            .put("a", "x")
            .put("c", 1.5)
            .put("d", true)
            .put("e", List.of("p", "q"))
            .putNullable("f", (String) null)
            .putNullable("g", 7L)
            .put("h", Json.nothing())
            .put("b", 2)
            .build();
    assertThat(object)
        .hasToString(
            "{\"b\":2,\"a\":\"x\",\"c\":1.5,\"d\":true,\"e\":[\"p\",\"q\"],\"f\":null,\"g\":7,\"h\":null}");
    assertThat(object.require("e").asArray().texts()).containsExactly("p", "q");
    assertThat(object.require("d").flag()).isTrue();
    assertThat(object.findLong("g")).hasValue(7);
    assertThat(object.findLong("f")).isEmpty();
    assertThat(object.findText("a")).contains("x");
    assertThat(object.findText("f")).isEmpty();
    assertThat(object.findText("missing")).isEmpty();
    assertThat(object.find("f")).contains(Json.nothing());
    assertThat(object.toBuilder().build()).isEqualTo(object);
    assertThat(JsonObject.ofTexts(Map.of("k", "v")).texts()).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void accessors_ofMissingAndWrongKinds_nameThem() {
    JsonObject object = JsonObject.builder().put("a", "x").build();
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> object.require("b"))
        .withMessage("member \"b\" is missing in {\"a\":\"x\"}");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> object.require("a").asObject())
        .withMessage("expected an object, found \"x\"");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonArray.of(Json.of(1)).require(1))
        .withMessage("no element 1 in an array of 1");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> Json.of("y".repeat(100)).doubleValue())
        .withMessage("expected a number, found \"" + "y".repeat(59) + "…");
  }

  @Test
  void toPrettyText_nested_isIndented() {
    assertThat(Json.parse("{\"a\":[1,{\"b\":[]}],\"c\":{}}").toPrettyText())
        .isEqualTo(
            """
            {
              "a": [
                1,
                {
                  "b": []
                }
              ],
              "c": {}
            }\
            """);
  }

  private static InputStream utf8(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
