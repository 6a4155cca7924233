package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathPatternTest {
  /** Columns: pattern, path, captures joined by {@code |}; empty braces stand for no match. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "/a/b => /a/b => ''",
        "a/b => /a/b => ''",
        "/a/b => /a/c => {}",
        "/a => /a/b => {}",
        "/* => /abc => abc",
        "/* => /a/b => {}",
        "/*.series => /temp.series => temp",
        "/*.series => /.series => ''",
        "/a*b*c => /aXbYbZc => XbY|Z",
        "/** => / => ''",
        "/** => /a/b/c => a/b/c",
        "/**/c => /c => ''",
        "/**/c => /a/b/c => a/b",
        "/**/* => /a/b => a|b",
        "/**/b/** => /a/b/b/c => a|b/c",
        "/**/** => /a/b => |a/b",
        "/a/**/c => /a/c => ''",
        "/a**c => /abbc => bb",
        "/*** => /abc => abc",
        "/? => /a => a",
        "/? => /🦆 => 🦆",
        "/? => /ab => {}",
        "/??? => /a🦆b => a|🦆|b",
        "/[a-c]x => /bx => b",
        "/[a-c]x => /dx => {}",
        "/[!a-c]x => /dx => d",
        "/[!a-c]x => /bx => {}",
        "/[]a] => /] => ]",
        "/[!]a] => /b => b",
        "/[!]a] => /] => {}",
        "/[a-] => /- => -",
        "/[-a] => /- => -",
        "/[a\\]b] => /] => ]",
        "/[*?{] => /* => *",
        "/[😀-🙏] => /😃 => 😃",
        "/{a,b}.x => /b.x => b",
        "/{a,b}.x => /c.x => {}",
        "/{a,ab}* => /abc => ab|c",
        "/{a,ab}bc => /abc => a",
        "/{,a}b => /b => ''",
        "/{,a}b => /ab => a",
        "/{a,{b,c}d}e => /cde => cd",
        "/{*.csv,*.json} => /x.json => x.json",
        "/{s[0-9],t?}_{a,b}*.{x,y} => /t7_bzz.y => t7|b|zz|y",
        "/\\* => /* => ''",
        "/\\* => /a => {}",
        "/\\{a\\,b\\} => /{a,b} => ''",
        "/{a\\,b,c} => /a,b => a,b",
        "/a,b => /a,b => ''",
        "/a}b => /a}b => ''",
        "/a]b => /a]b => ''",
        "/.* => /.git => git",
        "//a/./b/../* => /a/c => c"
      })
  void match_captures(String pattern, String path, String expected) {
    PathPattern parsed = PathPattern.parse(pattern);
    Optional<Captures> captures = parsed.match(PondPath.of(path));

    if (expected.equals("{}")) {
      assertThat(captures).isEmpty();
    } else {
      assertThat(captures).isPresent();
      assertThat(String.join("|", captures.get().texts())).isEqualTo(expected);
      assertThat(captures.get().texts()).hasSize(parsed.captureCount());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "/a[b => a '[' has no ']' in the same name",
        "/a[] => a '[' has no ']' in the same name",
        "/a{b => a '{' has no '}' in the same name",
        "/{a/b,c} => a '{' has no '}' in the same name",
        "/a\\ => it ends with a backslash",
        "/[z-a] => a range in '[…]' runs backwards",
        "/{{{{{{{{{a}}}}}}}}} => its braces are nested deeper than 8"
      })
  void parse_mistake_isNamed(String pattern, String why) {
    assertThatThrownBy(() -> PathPattern.parse(pattern))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage(
            "the pattern '"
                + pattern
                + "' cannot be read: "
                + why
                + ". Put a backslash before a character that stands for itself.");
  }

  @Test
  void parse_aboveRoot_isRefused() {
    assertThatThrownBy(() -> PathPattern.parse("/*/../.."))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage("the pattern '/*/../..' leads above '/'. Remove a '..' from it.");
  }

  @Test
  void parse_tooLong_isRefused() {
    assertThatThrownBy(() -> PathPattern.parse("/" + "{}".repeat(2_000)))
        .isInstanceOf(PondException.Usage.class)
        .hasMessageContaining("is too long: the part for one name holds more than 2048 characters");
    assertThat(PathPattern.parse("/" + "{}".repeat(1_024)).match(PondPath.of("/a"))).isEmpty();
    assertThatThrownBy(() -> PathPattern.parse("/*".repeat(257))).hasMessageContaining("too deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/b", "/*?[]{}\\,", "/a/**/b", "/..a/é🦆", "/[!x]"})
  void literal_matchesItsPathOnly(String text) {
    PondPath path =
        new PondPath(
            List.of(text.split("/", -1)).stream()
                .filter(name -> !name.isEmpty())
                .map(EntryName::new)
                .toList());
    PathPattern pattern = PathPattern.literal(path);

    assertThat(pattern.findLiteral()).contains(path);
    assertThat(pattern.isLiteral()).isTrue();
    assertThat(pattern.captureCount()).isZero();
    assertThat(pattern.match(path)).contains(Captures.NONE);
    assertThat(pattern.match(PondPath.of("/other"))).isEmpty();
  }

  @Test
  void isLiteral_wildcard_isNot() {
    assertThat(PathPattern.parse("/a/{b}").isLiteral()).isFalse();
    assertThat(PathPattern.parse("/a/**").isLiteral()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*a*a*a*a*a*a*a*a*a*a*b",
        "*{*{*{*{*{*{*{*a}b}c}d}e}f}g}h",
        "{*a,a*}{*a,a*}{*a,a*}{*a,a*}{*a,a*}{*a,a*}b",
        "{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}*b",
        "*[!b]*[!b]*[!b]*[!b]*[!b]*[!b]b"
      })
  void match_pathologicalName_ends(String pattern) {
    PondPath path = PondPath.of("/" + "a".repeat(255));

    // Generous: what must not happen would take longer than the universe is old.
    assertThat(
            Assertions.<Optional<Captures>>assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> PathPattern.parse(pattern).match(path)))
        .isEmpty();
  }

  @Test
  void match_pathologicalLevels_ends() {
    PathPattern pattern = PathPattern.parse("/**/a".repeat(20) + "/b");

    assertThat(
            Assertions.<Optional<Captures>>assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> pattern.match(PondPath.of("/a".repeat(PondPath.MAX_DEPTH)))))
        .isEmpty();
  }

  @Test
  void match_randomPatterns_agreeWithRegularExpressions() {
    long seed = 42;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder pattern = new StringBuilder();
      StringBuilder regex = new StringBuilder();
      for (int j = random.nextInt(5); j >= 0; j--) {
        switch (random.nextInt(6)) {
          case 0 -> both(pattern, "*", regex, "(.*)");
          case 1 -> both(pattern, "?", regex, "(.)");
          case 2 -> both(pattern, "[!a]", regex, "([^a])");
          case 3 -> both(pattern, "{ab,*b,a}", regex, "(.*b|a)");
          default -> both(pattern, "a", regex, "a");
        }
      }
      String name = name(random);
      // A group of the pattern is greedy, which an alternation is not: compare captures without
      // one.
      Matcher matcher = Pattern.compile(regex.toString().replace("**", "*")).matcher(name);
      Optional<Captures> actual =
          PathPattern.parse(pattern.toString()).match(PondPath.of("/" + name));
      assertThat(actual.isPresent())
          .as("seed %d: %s on %s", seed, pattern, name)
          .isEqualTo(matcher.matches());
      if (actual.isPresent() && pattern.indexOf("{") < 0 && pattern.indexOf("**") < 0) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
          assertThat(actual.get().texts().get(group - 1))
              .as("seed %d: %s on %s", seed, pattern, name)
              .isEqualTo(matcher.group(group));
        }
      }
    }
  }

  private static void both(StringBuilder a, String textA, StringBuilder b, String textB) {
    a.append(textA);
    b.append(textB);
  }

  private static String name(SplittableRandom random) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      name.append((char) ('a' + random.nextInt(3)));
    }
    return name.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "*, .a, false",
    "?a, .a, false",
    "[.]a, .a, false",
    "[!x]a, .a, false",
    ".*, .a, true",
    "*.a, .a, false",
    "'{.a,b}', .a, true",
    "'{*,.b}', .a, false",
    "'{,x}.a', .a, true",
    "'{.,x}*', .a, true",
    "*, a, true",
    "*.*, a.b, true"
  })
  void matchesVisibly_leadingDot_isMatchedByADotAlone(
      String pattern, String name, boolean expected) {
    NamePattern parsed = new NamePatternParser(pattern, pattern).parse();

    assertThat(parsed.matchesVisibly(name)).isEqualTo(expected);
    assertThat(parsed.matches(name)).isTrue();
  }
}
