package dev.duckpond.tera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the conformance suite: chapters in the order of Tera's documentation. */
class ConformanceTest {
  private static final List<String> CHAPTERS =
      List.of(
          "basics",
          "whitespace",
          "variables",
          "math",
          "logic",
          "concatenation",
          "assignments",
          "filters",
          "tests",
          "functions",
          "if",
          "for",
          "include",
          "macros",
          "inheritance",
          "escaping",
          "text-filters",
          "array-filters",
          "number-filters",
          "dates",
          "regex",
          "extensions",
          "mistakes");

  @Test
  void suite_size_isThatOfALanguage() {
    assertThat(CHAPTERS.stream().mapToInt(chapter -> cases(chapter).size()).sum())
        .isGreaterThan(300);
  }

  @TestFactory
  Stream<DynamicTest> suite_everyCase_isAsExpected() {
    return CHAPTERS.stream()
        .flatMap(chapter -> cases(chapter).stream())
        .map(one -> DynamicTest.dynamicTest(one.title(), () -> run(one)));
  }

  private static void run(ConformanceCase one) {
    switch (one.expectation()) {
      case PRINTS -> assertThat(render(one)).isEqualTo(one.expected());
      case FAILS ->
          assertThatThrownBy(() -> render(one))
              .isInstanceOf(TemplateException.class)
              .hasMessageContaining(one.expected());
    }
  }

  private static String render(ConformanceCase one) {
    Tera tera =
        Tera.builder()
            .loader(name -> Optional.ofNullable(one.templates().get(name)))
            .clock(InstantSource.fixed(Instant.parse("2024-03-10T17:30:15.5Z")))
            .zone(ZoneId.of("America/Los_Angeles"))
            .build();
    return tera.compile(one.templates().keySet().iterator().next()).render(one.context());
  }

  private static List<ConformanceCase> cases(String chapter) {
    try (InputStream text =
        ConformanceTest.class.getResourceAsStream("conformance/" + chapter + ".txt")) {
      if (text == null) {
        throw new IllegalStateException("no chapter " + chapter);
      }
      return ConformanceCase.read(chapter, new String(text.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
