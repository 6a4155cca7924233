package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations of an inbox, as they are checked when a node is made. */
final class InboxConfigTest {
  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  @Test
  void check_formatThatIsNone_isToldAsItIsWritten() {
    assertThatThrownBy(
            () -> inbox.pond().check("inbox", "sources: [{pattern: /a/*, format: csvv, to: /a}]"))
        .hasMessage(
            "node.yaml:1:11: the format 'csvv' cannot be read: 'csvv' is not a format. Did you"
                + " mean 'csv'?");
    assertThatThrownBy(() ->
            inbox
                .pond()
                .check(
                    "inbox", "sources: [{pattern: /a/*, format: csv, options: {skip: x}, to: /a}]"))
        .hasMessageContaining("Give 0 or more: 'options: {skip: 2}'.");
  }

  @Test
  void check_configuration_tellsAllMistakes() {
    String yaml =
        """
        sources:
          - {pattern: 'a/*.csv', format: csv, to: /x}
          - {pattern: '/a/*.csv', format: csvv, to: /x}
          - {pattern: '/a/*.csv', format: csv, to: /x$1}
          - {pattern: '/a/*.csv', format: csv, to: /x, timezone: Mars}
        """;

    assertThatThrownBy(() -> inbox.pond().check("inbox", yaml))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("'node.yaml' has 4 mistakes")
        .hasMessageContaining("'a/*.csv' is no absolute pattern of files")
        .hasMessageContaining("csvv")
        .hasMessageContaining("refers to capture 1")
        .hasMessageContaining("'Mars' is not a time zone");
  }

  @ParameterizedTest
  @CsvSource({
    "/in/**/*.csv, /in/done, true",
    "/in/*.csv, /in, true",
    "/in/*/*.csv, /in/done, true",
    "/in/**, /in/done/old, true",
    "/in/*.csv, /in/done, false",
    "/in/*/*.csv, /done, false"
  })
  void check_archiveAmongTheFoldersOfThePattern_isAMistake(
      String pattern, String archive, boolean isMistake) throws IOException {
    String yaml =
        "sources: [{pattern: '%s', format: csv, to: /a}]\narchive_to: %s\n"
            .formatted(pattern, archive);
    if (isMistake) {
      assertThatThrownBy(() -> inbox.pond().check("inbox", yaml))
          .hasMessageContaining("'" + archive + "' is among the folders of '" + pattern + "'");
    } else {
      inbox.pond().check("inbox", yaml);
    }
  }

  @Test
  void check_sourcesThatUndoEachOther_areMistakes() {
    String yaml =
        """
        sources:
          - {pattern: '/a/*.csv', format: csv, to: /x}
          - {pattern: '/b/*.csv', format: csv, to: /x, as: table}
          - {pattern: '/a/*.csv', format: csv, to: /x, timezone: America/New_York}
        """;

    assertThatThrownBy(() -> inbox.pond().check("inbox", yaml))
        .hasMessageContaining("two sources make different things of '/x'")
        .hasMessageContaining("two sources bring the files of '/a/*.csv' to '/x'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "data"})
  void check_duplicatesOfWhatIsReplaced_areAMistake(String as) {
    String yaml =
        "sources: [{pattern: /a/*, format: csv, to: /a, as: %s, on_duplicate: first}]"
            .formatted(as);

    assertThatThrownBy(() -> inbox.pond().check("inbox", yaml))
        .hasMessageContaining("the newest file takes the place of the others, as it is");
  }
}
