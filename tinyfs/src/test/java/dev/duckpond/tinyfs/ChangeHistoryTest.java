package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code show} tells of a transaction. Each test begins with /a, /b and /d/f. */
final class ChangeHistoryTest {
  @TempDir Path scratch;
  private TestPond pond;

  @BeforeEach
  void makePond() {
    pond = new TestPond(scratch).files("/a", "/b", "/d/f");
  }

  @Test
  void next_firstFiles_areCreated() {
    assertThat(newest()).containsExactly("+ /a", "+ /b", "+ /d", "+ /d/f");
  }

  @Test
  void next_moveToAFreeName_isAMove() {
    pond.commit(edit -> edit.move(path("/a"), path("/c")));

    assertThat(newest()).containsExactly("> /a -> /c");
  }

  @Test
  void next_moveOverAFile_tellsThatTheFileWasRemoved() {
    pond.commit(edit -> edit.move(path("/a"), path("/b")));

    assertThat(newest()).containsExactly("- /b", "> /a -> /b");
  }

  @Test
  void next_removedAndMadeAnew_tellsBoth() {
    pond.commit(edit -> {
      edit.remove(path("/a"));
      TestPond.write(edit, "/a");
    });

    assertThat(newest()).containsExactly("- /a", "+ /a");
  }

  @Test
  void next_twoSwapNames_areTwoMoves() {
    pond.commit(edit -> {
      edit.move(path("/a"), path("/c"));
      edit.move(path("/b"), path("/a"));
      edit.move(path("/c"), path("/b"));
    });

    assertThat(newest()).containsExactly("> /b -> /a", "> /a -> /b");
  }

  @Test
  void next_afterAReplacement_theNameIsThatOfTheNewNode() {
    pond.commit(edit -> edit.move(path("/a"), path("/b")));
    pond.commit(edit -> TestPond.write(edit, "/b"));
    assertThat(newest()).containsExactly("~ /b");
    pond.commit(edit -> edit.removeTree(path("/d")));
    assertThat(newest()).containsExactly("- /d", "- /d/f");
    pond.commit(edit -> edit.remove(path("/b")));
    assertThat(newest()).containsExactly("- /b");
  }

  @Test
  void next_movedDirectory_carriesWhatIsInIt() {
    pond.commit(edit -> edit.move(path("/d"), path("/e")));
    assertThat(newest()).containsExactly("> /d -> /e");
    pond.commit(edit -> TestPond.write(edit, "/e/f"));

    assertThat(newest()).containsExactly("~ /e/f");
  }

  private static PondPath path(String text) {
    return PondPath.of(text);
  }

  private List<String> newest() {
    ChangeHistory history = new ChangeHistory();
    List<Change> changes = List.of();
    for (CommittedTransaction transaction : pond.tree().snapshot().listTransactions()) {
      changes = history.next(transaction);
    }
    List<String> lines = new ArrayList<>();
    for (Change change : changes) {
      lines.add(
          switch (change) {
            case Change.Created created -> "+ " + created.path();
            case Change.Written written -> "~ " + written.path();
            case Change.Described described -> "= " + described.path() + " " + described.values();
            case Change.Moved moved -> "> " + moved.from() + " -> " + moved.path();
            case Change.Removed removed -> "- " + removed.path();
          });
    }
    return lines;
  }
}
