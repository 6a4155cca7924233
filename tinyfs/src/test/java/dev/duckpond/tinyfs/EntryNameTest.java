package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryNameTest {
  private static final String REMEDY = ". Choose a name of 1 to 255 bytes of UTF-8.";

  @ParameterizedTest
  @ValueSource(strings = {"a", "...", "..a", " ", "\n", "a\\b", "*", "🦆", "\uFFFF", "a:b"})
  void name_usable_isKept(String text) {
    assertThat(new EntryName(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'', a name has at least one character",
    "., '''.'' and ''..'' are directions, not names'",
    ".., '''.'' and ''..'' are directions, not names'",
    "a/b, a name holds neither '/' nor NUL",
    "/, a name holds neither '/' nor NUL"
  })
  void name_unusable_saysWhy(String text, String why) {
    assertThatThrownBy(() -> new EntryName(text))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage("the name '" + text + "' is not usable: " + why + REMEDY);
  }

  @Test
  void name_withNul_isRefusedAndPrintedWithoutIt() {
    assertThatThrownBy(() -> new EntryName("a\0b"))
        .hasMessage("the name 'a\\0b' is not usable: a name holds neither '/' nor NUL" + REMEDY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83E", "\uDD86", "\uDD86\uD83E", "a\uD83E", "\uD83Ea"})
  void name_halfSurrogate_isRefused(String text) {
    assertThatThrownBy(() -> new EntryName(text))
        .hasMessageEndingWith("it is not valid Unicode" + REMEDY);
  }

  @ParameterizedTest
  @CsvSource({"a, 255", "é, 127", "€, 85", "🦆, 63"})
  void name_length_countsBytesOfUtf8(String character, int most) {
    assertThat(new EntryName(character.repeat(most)).text()).hasSize(character.length() * most);
    assertThatThrownBy(() -> new EntryName(character.repeat(most + 1)))
        .hasMessageEndingWith("it is longer than 255 bytes of UTF-8" + REMEDY);
  }

  @Test
  void isHidden_isTheLeadingDot() {
    assertThat(new EntryName(".a").isHidden()).isTrue();
    assertThat(new EntryName("a.").isHidden()).isFalse();
  }

  @Test
  void order_isTheOrderOfUtf8Bytes() {
    SplittableRandom random = new SplittableRandom(11);
    int[] alphabet = {
      'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF
    };
    List<EntryName> names = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(4); j >= 0; j--) {
        text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
      }
      names.add(new EntryName(text.toString()));
    }
    for (EntryName a : names) {
      for (EntryName b : names) {
        assertThat(Integer.signum(a.compareTo(b)))
            .isEqualTo(Integer.signum(Arrays.compareUnsigned(utf8(a), utf8(b))));
      }
    }
  }

  private static byte[] utf8(EntryName name) {
    return name.text().getBytes(StandardCharsets.UTF_8);
  }
}
