package dev.duckpond.collect;

import static dev.duckpond.collect.InboxFolder.HEAD;
import static dev.duckpond.collect.InboxFolder.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on their way into a pond, again and again. */
final class InboxTest {
  @RegisterExtension final InboxFolder inbox = new InboxFolder();

  @Test
  void take_longForm_becomesARowForEachInstantInUtc() throws IOException {
    inbox.file(
        "dock.csv",
        HEAD
            + """
            "Depth","D","x",2025-05-31 21:00,2.5,-6.5
            "Temp","D","x",2025-05-31 21:00,10.5,0
            "Depth","D","x",2025-01-31 21:00,2,1
            """);

    CollectPond.Ran ran = inbox.takeLong("").requireDone();

    assertThat(inbox.pond().rows("/field/dock.series"))
        .isEqualTo(
            Map.of(
                seconds("2025-02-01T05:00:00Z"), Map.of("Depth", 1.0),
                seconds("2025-06-01T04:00:00Z"), Map.of("Depth", 9.0, "Temp", 10.5)));
    assertThat(ran.printed())
        .containsExactly(
            "/field/dock.series: 2 rows, 2025-02-01T05:00:00Z to 2025-06-01T04:00:00Z, from "
                + inbox.resolve("dock.csv"),
            "1 file taken in, 0 in already");
  }

  @Test
  void take_again_takesNothing() throws IOException {
    inbox.file("dock.csv", HEAD + "Temp,D,x,2025-05-31 21:00,10.5,0\n");
    inbox.takeLong("").requireDone();

    CollectPond.Ran again = inbox.takeLong("").requireDone();

    assertThat(inbox.pond().commits()).isZero();
    assertThat(again.printed()).containsExactly("0 files taken in, 1 in already");
    Files.setLastModifiedTime(inbox.resolve("dock.csv"), FileTime.from(CollectPond.START));
    assertThat(inbox.takeLong("").requireDone().printed())
        .containsExactly("0 files taken in, 1 in already");
  }

  @Test
  void take_overlappingFiles_giveEachInstantOnce() throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 20:00,2,0\n");
    String yaml = inbox.longYaml("").replace("/field/$0.series", "/all.series");
    inbox.take(yaml).requireDone();
    inbox.file(
        "b.csv",
        HEAD
            + "T,D,x,2025-05-31 22:00,3,0\nT,D,x,2025-05-31 21:00,7,0\nU,D,x,2025-05-31 20:00,8,0\n");

    inbox.take(yaml).requireDone();

    assertThat(inbox.pond().rows("/all.series"))
        .isEqualTo(
            Map.of(
                seconds("2025-06-01T03:00:00Z"), Map.of("T", 2.0, "U", 8.0),
                seconds("2025-06-01T04:00:00Z"), Map.of("T", 7.0),
                seconds("2025-06-01T05:00:00Z"), Map.of("T", 3.0)));
  }

  @ParameterizedTest
  @CsvSource({"last, 7", "first, 1"})
  void take_duplicate_theOneThatIsSaidCounts(String which, double value) throws IOException {
    String yaml =
        inbox.longYaml("on_duplicate: " + which).replace("/field/$0.series", "/all.series");
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,4,0\n");
    inbox.take(yaml).requireDone();
    inbox.file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,7,0\nU,D,x,2025-05-31 21:00,9,0\n");

    inbox.take(yaml).requireDone();

    assertThat(inbox.pond().rows("/all.series").get(seconds("2025-06-01T04:00:00Z")))
        .isEqualTo(Map.of("T", value, "U", 9.0));
  }

  @Test
  void take_duplicateThatMustNotBe_isNamedAndTheOthersAreIn() throws IOException {
    String yaml = inbox.longYaml("on_duplicate: error").replace("/field/$0.series", "/all.series");
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    inbox.file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,7,0\n");
    inbox.file("c.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\nT,D,x,2025-05-31 22:00,2,0\n");

    CollectPond.Ran ran = inbox.take(yaml);

    assertThat(ran.failure().orElseThrow())
        .isInstanceOf(PondException.PartlyDone.class)
        .hasMessageContaining(
            "'/all.series' has another value of 'T' at 2025-06-01 04:00:00: there it is 1.0, here"
                + " 7");
    assertThat(inbox.pond().rows("/all.series")).hasSize(2);
  }

  @Test
  void take_killedAtEitherSideOfTheCommit_takesEachFileOnce() throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    inbox.file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    inbox.pond().killAfterCommit(1);
    assertThatThrownBy(() -> inbox.takeLong("")).isInstanceOf(CollectPond.Killed.class);
    inbox.pond().reopen();
    inbox.pond().killBeforeCommit(1);
    assertThatThrownBy(() -> inbox.takeLong("")).isInstanceOf(CollectPond.Killed.class);
    inbox.pond().reopen();
    inbox.pond().killNoMore();

    assertThat(inbox.takeLong("").requireDone().printed().getLast())
        .isEqualTo("1 file taken in, 1 in already");
    assertThat(inbox.pond().versions("/field/a.series")).hasSize(1);
    assertThat(inbox.pond().versions("/field/b.series")).hasSize(1);
  }

  @Test
  void take_archiveTo_movesWhatIsIn() throws IOException {
    inbox.file("a.csv", HEAD + "T,D,x,2025-05-31 21:00,1,0\n");
    inbox.file("b.csv", HEAD + "T,D,x,2025-05-31 21:00,oops,0\n");
    Path archive = inbox.directory().resolve("done");

    inbox.take(inbox.longYaml("") + "archive_to: " + archive);

    assertThat(inbox.resolve("a.csv")).doesNotExist();
    assertThat(archive.resolve("a.csv")).exists();
    assertThat(inbox.resolve("b.csv")).exists();
  }
}
