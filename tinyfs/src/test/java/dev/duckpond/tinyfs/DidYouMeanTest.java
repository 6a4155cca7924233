package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
  private static final List<String> WORDS = List.of("list", "log", "copy", "Describe", "--format");

  @Test
  void closest_fewMistakes_isFound() {
    assertThat(DidYouMean.closest("lsit", WORDS)).contains("list");
    assertThat(DidYouMean.closest("--fomrat", WORDS)).contains("--format");
    assertThat(DidYouMean.closest("LIST", WORDS)).contains("list");
  }

  @Test
  void closest_beginning_isFound() {
    assertThat(DidYouMean.closest("desc", WORDS)).contains("Describe");
    assertThat(DidYouMean.closest("q", WORDS)).isEmpty();
  }

  @Test
  void closest_severalEqual_isTheFirstInOrder() {
    assertThat(DidYouMean.closest("cat", List.of("cut", "bat", "cot"))).contains("bat");
  }

  @Test
  void closest_mistakesAtTheEndOfALongText_isFound() {
    String path = "/a".repeat(500);
    assertThat(DidYouMean.closest(path + "/qay", List.of(path + "/quay"))).contains(path + "/quay");
  }

  @Test
  void question_andSentence_sayItOrTheOther() {
    assertThat(DidYouMean.question("lgo", WORDS)).isEqualTo("did you mean 'log'?");
    assertThat(DidYouMean.question("quack", WORDS)).isEmpty();
    assertThat(DidYouMean.sentence("lgo", WORDS, "Ask.")).isEqualTo("Did you mean 'log'?");
    assertThat(DidYouMean.sentence("quack", WORDS, "Ask.")).isEqualTo("Ask.");
  }
}
