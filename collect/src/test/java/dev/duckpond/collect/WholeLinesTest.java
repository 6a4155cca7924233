package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.query.PondUrl;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the texts here {@code §} stands between what is kept and what is not. */
final class WholeLinesTest {
  private static final String MARK = "\uFEFF";

  @TempDir Path directory;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("a.csv"), bytes);
  }

  private static PondUrl csv(String options) {
    return PondUrl.parse("csv:///a" + options);
  }

  private void requireKept(String parted, String options, Charset encoding) throws IOException {
    Path file = file(parted.replace("§", "").getBytes(encoding));

    assertThat(WholeLines.of(file, csv(options)).keep(file)).isTrue();

    assertThat(new String(Files.readAllBytes(file), encoding))
        .isEqualTo(parted.substring(0, parted.indexOf('§')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n§3",
        "a,b\r1,2\r§3",
        "a,b\r\n1,2\r\n§3",
        "\n\na,b\n\n1,2\n\n§3",
        "a,b\n1,\"\n\"\n§2,\"\n",
        "a,b\n1, \"\n\"\n§2,  \"\n",
        "a,b\n1,\"x\"\"\n\"\n§2,\"\"\"\n",
        "a,b\n1,\"x\" \n§2",
        "a,b\n1,x\"\"\n2,\"\"\n§3",
        "a,b\n1,5\" pipe\n2,6\" pipe\n§3",
        "a,b\n1,x|\"y\n§2",
        "a|b\n1|\"\n\"\n§2|x,\"",
        "a;b\n1;x,\"y\n§2;\"\n",
        "\"a;b\",c\n1;\"y\n§2",
        "\"a\",b\n1,2\n§3"
      })
  void keep_textWithHalfALine_leavesThatOut(String parted) throws IOException {
    requireKept(parted, "", StandardCharsets.UTF_8);
    requireKept(MARK + parted, "", StandardCharsets.UTF_8);
    requireKept(parted, "?encoding=latin-1", StandardCharsets.ISO_8859_1);
    requireKept(parted, "?encoding=utf-16", StandardCharsets.UTF_16LE);
    requireKept(MARK + parted, "?encoding=utf-16", StandardCharsets.UTF_16LE);
  }

  @ParameterizedTest
  @CsvSource({"?delim=^,^", "?delim=%20,' '", "?delim=\\t,'\t'", "?delim=:,:"})
  void keep_withADelimiter_leavesHalfALineOut(String options, String delimiter) throws IOException {
    String parted = "a~b\n1~x,\"y\n1~\"x\n\"\n§2~\"\n".replace("~", delimiter);
    requireKept(parted, options, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n§1", "\"a\nb\",c\n§\"\n", "a,b\n1,2\n§3"})
  void keep_withoutAHeader_needsOneLine(String parted) throws IOException {
    requireKept(parted, "?header=FALSE", StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?skip=0", "?comment=%23", "?quote='", "?escape='", "?delim=é"})
  void keep_whereTheEngineAloneKnowsLines_leavesTheFileAsItIs(String options) throws IOException {
    Path file = file("a,b\n1,2\n3".getBytes(StandardCharsets.UTF_8));

    assertThat(WholeLines.of(file, csv(options)).keep(file)).isFalse();

    assertThat(file).hasContent("a,b\n1,2\n3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "\n\n", "a,b\n1", "a,b\n\n\n1", "\"a\nb\",c\n1", "a,b\n1,\"\n"})
  void keep_textWithoutAWholeRow_leavesTheFileAsItIs(String text) throws IOException {
    for (String begin : List.of("", MARK)) {
      Path file = file((begin + text).getBytes(StandardCharsets.UTF_8));

      assertThat(WholeLines.of(file, csv("")).keep(file)).isFalse();

      assertThat(Files.readString(file)).isEqualTo(begin + text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 131_073})
  void keep_linesLongerThanABuffer_leavesHalfALineOut(int length) throws IOException {
    String name = "é".repeat(length);
    requireKept(name + ",b\n1,2\n§3", "", StandardCharsets.UTF_8);
    requireKept(name + ",b\n1,2\n§3", "?encoding=utf-16", StandardCharsets.UTF_16LE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n", "a\r", "a\r\n", "\na\n\n", "\"a\n\"\n", "5\" pipe\n"})
  void areAll_textWithAnEnd_holds(String text) throws IOException {
    assertThat(WholeLines.of(file(text.getBytes(StandardCharsets.UTF_8)), csv("")).areAll())
        .isTrue();
    Path wide = file(text.getBytes(StandardCharsets.UTF_16LE));
    assertThat(WholeLines.of(wide, csv("?encoding=utf-16")).areAll()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\"a\n",
        "a,b\n1,\"c\"\n2,\"d\n",
        "a",
        "a\nb",
        "a\n ",
        "\u0A00",
        "\u010A",
        "a\u0D0A"
      })
  void areAll_textWithoutAnEnd_doesNotHold(String text) throws IOException {
    Path wide = file(text.getBytes(StandardCharsets.UTF_16LE));
    assertThat(WholeLines.of(wide, csv("?encoding=utf-16")).areAll()).isFalse();
    assertThat(WholeLines.of(file(text.getBytes(StandardCharsets.UTF_8)), csv("")).areAll())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void areAll_halfACharacterOfUtf16_doesNotHold(int length) throws IOException {
    byte[] bytes = Arrays.copyOf("\n\n".getBytes(StandardCharsets.UTF_16LE), length);

    assertThat(WholeLines.of(file(bytes), csv("?encoding=utf-16")).areAll()).isFalse();
  }
}
