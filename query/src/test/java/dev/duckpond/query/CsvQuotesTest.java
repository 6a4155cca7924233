package dev.duckpond.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the texts here {@code _} stands for what comes behind a quote that begins a value. */
final class CsvQuotesTest {
  /** Writes {@code _} for each character of a text that is within quotes. */
  private static String within(String text, Map<String, String> options) {
    CsvQuotes quotes = CsvQuotes.of(',', options);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      shown.append(quotes.isWithin() ? '_' : character);
      quotes.pass(character);
    }
    return shown.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b~a,b",
        "5\" pipe,x~5\" pipe,x",
        "\"a,b\",c~\"____,c",
        "  \"a\",c~  \"__,c",
        "x, \"a\nb\"\nc,\"~x, \"____\nc,\"",
        "\"a\"\"b\",\"\"~\"__\"__,\"_",
        "\"a\"b\"c,d~\"__b\"c,d",
        "\t\"a,b~\t\"a,b",
        "\"a\r\nb\"\r\n\"c~\"_____\r\n\"_"
      })
  void pass_text_knowsWhatIsWithinQuotes(String textAndShown) {
    String[] both = textAndShown.split("~", 2);

    assertThat(within(both[0], Map.of())).isEqualTo(both[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a\\',b',\"c~'______,\"c", "\"a'b~\"a'b", "'a\\\\',b~'____,b"})
  void pass_textWithAnotherQuoteAndEscape_knowsWhatIsWithinQuotes(String textAndShown) {
    String[] both = textAndShown.split("~", 2);

    assertThat(within(both[0], Map.of("quote", "'", "escape", "\\"))).isEqualTo(both[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a,b\"", "'a'"})
  void pass_textWhereNothingQuotes_hasNothingWithin(String text) {
    assertThat(within(text, Map.of("quote", ""))).isEqualTo(text);
  }
}
