package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PondPathTest {
  @ParameterizedTest
  @CsvSource({
    "/, /",
    "//, /",
    "/., /",
    "/a, /a",
    "/a/, /a",
    "//a///b//, /a/b",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/b/../.., /",
    "/a/.../b, /a/.../b",
    "/é/🦆, /é/🦆"
  })
  void of_isNormalised(String text, String expected) {
    assertThat(PondPath.of(text)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({"/.., '/..'", "/a/../.., '/a/../..'"})
  void of_aboveRoot_isRefused(String text, String shown) {
    assertThatThrownBy(() -> PondPath.of(text))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage("the path '" + shown + "' leads above '/'. Remove a '..' from it.");
  }

  @Test
  void of_relative_isRefused() {
    assertThatThrownBy(() -> PondPath.of("a/b"))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage("'a/b' is not a pond path: a pond path starts with '/'. Write '/a/b'.");
  }

  @ParameterizedTest
  @CsvSource({"/a, b, /a/b", "/a, ../b, /b", "/a, /b, /b", "/a, '', /a", "/, ., /", "/a/b, .., /a"})
  void resolve_startsHereOrAtRoot(String base, String text, String expected) {
    assertThat(PondPath.of(base).resolve(text)).hasToString(expected);
  }

  @Test
  void depth_isLimited() {
    PondPath deepest = PondPath.of("/a".repeat(PondPath.MAX_DEPTH));

    assertThat(deepest.names()).hasSize(256);
    assertThatThrownBy(() -> deepest.child(new EntryName("b")))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage("the path is deeper than 256 levels. Use a shallower directory.");
  }

  @Test
  void parentAndName_splitTheLast() {
    assertThat(PondPath.of("/a/b").parent()).isEqualTo(PondPath.of("/a"));
    assertThat(PondPath.of("/a/b").name()).isEqualTo(new EntryName("b"));
    assertThat(PondPath.ROOT.parent()).isEqualTo(PondPath.ROOT);
    assertThatIllegalArgumentException()
        .isThrownBy(PondPath.ROOT::name)
        .withMessage("the root has no name");
  }

  @ParameterizedTest
  @CsvSource({"/a/b, /a, true", "/a, /a, true", "/ab, /a, false", "/a, /a/b, false", "/a, /, true"})
  void isWithin_comparesNames(String path, String other, boolean expected) {
    assertThat(PondPath.of(path).isWithin(PondPath.of(other))).isEqualTo(expected);
  }

  @Test
  void isHidden_looksAtEveryName() {
    assertThat(PondPath.of("/a/.b/c").isHidden()).isTrue();
    assertThat(PondPath.of("/a/b.c").isHidden()).isFalse();
  }

  @Test
  void order_keepsDirectoriesTogether() {
    List<String> sorted = List.of("/", "/a", "/a/b", "/a/b/c", "/a/c", "/a b", "/a.b", "/ab", "/é");

    assertThat(sorted.reversed().stream().map(PondPath::of).sorted().map(PondPath::toString))
        .containsExactlyElementsOf(sorted);
    assertThat(Stream.of("/a", "/a").map(PondPath::of).distinct()).hasSize(1);
  }
}
