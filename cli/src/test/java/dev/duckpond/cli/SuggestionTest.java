package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> WORDS = List.of("list", "log", "copy", "describe", "--format");

  @Test
  void nearest_swappedLetters_isFound() {
    assertThat(Suggestion.nearest("lsit", WORDS)).contains("list");
    assertThat(Suggestion.nearest("--fomrat", WORDS)).contains("--format");
  }

  @Test
  void nearest_beginning_isFound() {
    assertThat(Suggestion.nearest("desc", WORDS)).contains("describe");
  }

  @Test
  void nearest_otherWord_isNotGuessed() {
    assertThat(Suggestion.nearest("quack", WORDS)).isEmpty();
    assertThat(Suggestion.question("quack", WORDS)).isEmpty();
  }

  @Test
  void distance_knownPairs_isTheNumberOfEdits() {
    assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    assertThat(Suggestion.distance("ab", "ba")).isEqualTo(1);
    assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
  }
}
