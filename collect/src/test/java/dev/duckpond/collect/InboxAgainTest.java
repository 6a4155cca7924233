package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that change, come back, move or have several takers. */
final class InboxAgainTest {
  private static final String FIRST = "time,a\n2025-01-01,1\n";
  private static final String SECOND = "time,a\n2025-01-01,2\n";
  private static final long AT = 1735689600L;

  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  /** Writes a file so many minutes before the run. */
  private void file(String name, String text, int minutes) throws IOException {
    Path file = inbox.resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(CollectPond.START.minusSeconds(60L * minutes)));
  }

  private List<String> take(String as, String more) {
    String source =
        "{pattern: '%s/*.csv', format: csv, to: /all, as: %s}".formatted(inbox.path(), as);
    return inbox.pond().run("inbox", "sources: [" + source + "]\n" + more).requireDone().printed();
  }

  private String summary(String as) {
    return take(as, "").getLast();
  }

  private String content() throws IOException {
    try (var in =
        inbox.pond().tree().snapshot().contents().open(inbox.pond().versions("/all").getLast())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void take_fileThatReturnsToEarlierContent_isTakenAgain() throws IOException {
    file("a.csv", FIRST, 30);
    summary("series");
    file("a.csv", SECOND, 20);
    summary("series");
    assertThat(inbox.pond().rows("/all")).isEqualTo(Map.of(AT, Map.of("a", 2.0)));
    file("a.csv", FIRST, 10);

    assertThat(summary("series")).isEqualTo("1 file taken in, 0 in already");
    assertThat(inbox.pond().rows("/all")).isEqualTo(Map.of(AT, Map.of("a", 1.0)));
    assertThat(summary("series")).isEqualTo("0 files taken in, 1 in already");
  }

  @Test
  void take_copyUnderAnotherName_isInAlready() throws IOException {
    file("a.csv", FIRST, 30);
    summary("series");
    file("b.csv", FIRST, 20);

    assertThat(summary("series")).isEqualTo("0 files taken in, 2 in already");
    assertThat(inbox.pond().versions("/all")).hasSize(1);
    summary("series");
    assertThat(inbox.pond().commits()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"data", "table"})
  void take_severalFilesForOnePlace_leavesTheNewestByItsTime(String as) throws IOException {
    file("a.csv", FIRST, 10);
    file("b.csv", SECOND, 20);
    assertThat(summary(as)).isEqualTo("2 files taken in, 0 in already");
    assertThat(inbox.pond().versions("/all").getLast().sizeBytes())
        .isEqualTo(inbox.pond().versions("/all").getFirst().sizeBytes());
    String newest = content();

    assertThat(summary(as)).isEqualTo("0 files taken in, 2 in already");
    file("c.csv", SECOND, 15);
    assertThat(summary(as)).isEqualTo("0 files taken in, 2 in already, 1 older than what is in");
    assertThat(content()).isEqualTo(newest);

    file("b.csv", SECOND, 5);
    assertThat(summary(as)).isEqualTo("1 file taken in, 1 in already, 1 older than what is in");
    assertThat(content()).isNotEqualTo(newest);
    file("b.csv", SECOND, 40);
    assertThat(summary(as)).startsWith("1 file taken in");
    assertThat(content()).isEqualTo(newest);
    assertThat(summary(as)).startsWith("0 files taken in");
  }

  @Test
  void take_filesOfOneTime_leavesTheLastByName() throws IOException {
    file("b.csv", SECOND, 10);
    file("a.csv", FIRST, 10);

    summary("data");

    assertThat(content()).isEqualTo(SECOND);
    file("c.csv", FIRST, 10);
    assertThat(summary("data")).isEqualTo("1 file taken in, 2 in already");
    assertThat(content()).isEqualTo(FIRST);
  }

  @Test
  void take_fileOlderThanOneThatWasArchived_isLeftWhereItIs() throws IOException {
    String archive = "archive_to: " + inbox.directory().resolve("done");
    file("b.csv", SECOND, 10);
    take("data", archive);
    file("a.csv", FIRST, 20);

    assertThat(take("data", archive).getLast())
        .isEqualTo("0 files taken in, 0 in already, 1 older than what is in");
    assertThat(content()).isEqualTo(SECOND);
    assertThat(inbox.resolve("a.csv")).exists();
  }

  @Test
  void take_archiveToWithTwoSources_movesAFileAfterTheLastOfThem() throws IOException {
    file("a.csv", FIRST, 30);
    file("b.csv", "time,a\nyesterday,1\n", 30);
    Path archive = inbox.directory().resolve("done");
    String yaml =
        """
        sources:
          - {pattern: '%1$s/*.csv', format: data, to: '/raw/$0.csv', as: data}
          - {pattern: '%1$s/*.csv', format: csv, to: '/rows/$0'}
        archive_to: %2$s
        """
            .formatted(inbox.path(), archive);

    assertThat(inbox.pond().run("inbox", yaml).failure().orElseThrow().problem())
        .startsWith("1 of 4 files failed");

    assertThat(inbox.pond().versions("/raw/a.csv")).hasSize(1);
    assertThat(inbox.pond().rows("/rows/a")).hasSize(1);
    assertThat(archive.resolve("a.csv")).hasContent(FIRST);
    assertThat(inbox.resolve("b.csv")).exists();
    file("b.csv", FIRST, 20);
    inbox.pond().run("inbox", yaml).requireDone();
    assertThat(archive.resolve("b.csv")).hasContent(FIRST);
  }

  @Test
  void take_sameFileIntoTheArchiveAgainAndAgain_movesItEachTime() throws IOException {
    Path archive = inbox.directory().resolve("done");
    for (int i = 0; i < 4; i++) {
      file("a.csv", FIRST, 30 - i);
      take("series", "archive_to: " + archive);
      assertThat(inbox.resolve("a.csv")).doesNotExist();
    }
    assertThat(archive).isDirectoryContaining(file -> file.endsWith("a.csv"));
  }

  @Test
  void take_archiveThatCannotBe_saysThatTheFileIsInAndTheOthersAre() throws IOException {
    Path archive = Files.writeString(inbox.directory().resolve("done"), "no folder");
    file("a.csv", FIRST, 30);
    String yaml =
        "sources: [{pattern: '%s/*.csv', format: csv, to: /all}]\narchive_to: %s"
            .formatted(inbox.path(), archive);

    PondException failure = inbox.pond().run("inbox", yaml).failure().orElseThrow();

    assertThat(failure.problem())
        .contains(
            "'"
                + inbox.resolve("a.csv")
                + "' is in, but cannot be moved to "
                + archive
                + ": a file is in the way. Correct 'archive_to', or see that");
    assertThat(inbox.pond().rows("/all")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"series", "table"})
  void take_withOtherSettingsThanBefore_warnsOfFilesThatAreIn(String as) throws IOException {
    file("a.csv", FIRST, 30);
    String yaml = "sources: [{pattern: '%s/*.csv', format: csv, to: /all, as: %s, timezone: %s}]";
    String former = yaml.formatted(inbox.path(), as, "America/New_York");
    String corrected = yaml.formatted(inbox.path(), as, "America/Los_Angeles");
    String warning =
        "'"
            + inbox.resolve("a.csv")
            + "' was read before the settings were changed; to take such files again, remove what"
            + " they became and this node, and make it anew";

    assertThat(inbox.pond().run("inbox", former).requireDone().warned()).isEmpty();
    assertThat(inbox.pond().run("inbox", former).requireDone().warned()).isEmpty();
    assertThat(inbox.pond().run("inbox", corrected).requireDone().warned())
        .containsExactly(warning);
    file("a.csv", FIRST, 20);
    assertThat(inbox.pond().run("inbox", corrected).requireDone().warned())
        .containsExactly(warning);
    assertThat(inbox.pond().run("inbox", corrected).requireDone().warned())
        .containsExactly(warning);
    file("a.csv", SECOND, 10);
    assertThat(inbox.pond().run("inbox", corrected).requireDone().warned()).isEmpty();
    assertThat(inbox.pond().run("inbox", corrected).requireDone().warned()).isEmpty();
  }
}
