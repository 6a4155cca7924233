package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts from this tree:
 *
 * <pre>
 * /
 * ├── d/
 * │   ├── e/
 * │   └── f
 * ├── l -> d
 * └── x
 * </pre>
 */
final class TreeEditTest {
  private TestPond pond;
  private TreeEdit edit;

  @BeforeEach
  void makeTree(@TempDir Path scratch) {
    pond = new TestPond(scratch).files("/d/f", "/x").link("/l", "d");
    pond.commit(change -> change.makeDirectory(path("/d/e")));
    edit = pond.edit();
  }

  private static PondPath path(String text) {
    return PondPath.of(text);
  }

  @Test
  void rows_withoutChange_areEmpty() {
    assertThat(edit.rows()).isEmpty();
    edit.makeDirectories(path("/d/e"));
    edit.move(path("/x"), path("/x"));
    edit.move(path("/d/f"), path("/l/f"));
    assertThat(edit.rows()).isEmpty();
  }

  @Test
  void rows_whatCameAndWent_leavesNothing() {
    edit.makeDirectories(path("/n/m"));
    TestPond.write(edit, "/n/m/f");
    edit.move(path("/n/m/f"), path("/n/g"));
    edit.removeTree(path("/n"));
    edit.move(path("/x"), path("/y"));
    edit.move(path("/y"), path("/x"));

    assertThat(edit.rows()).isEmpty();
  }

  @Test
  void makeDirectory_refusals() {
    assertThatThrownBy(() -> edit.makeDirectory(path("/d")))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage("'/d' exists already. Choose another name, or use 'pond mkdir -p'.");
    assertThatThrownBy(() -> edit.makeDirectory(path("/")))
        .isInstanceOf(PondException.Conflict.class);
    assertThatThrownBy(() -> edit.makeDirectory(path("/n/m")))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage("the directory '/n' does not exist. Run 'pond mkdir -p /n' first.");
    assertThatThrownBy(() -> edit.makeDirectories(path("/x/y/z")))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage(
            "'/x' is not a directory that can hold files: it has the type data."
                + " Choose another place.");
    assertThat(edit.rows()).isEmpty();
  }

  @Test
  void write_throughLinks_reachesTheFileItself() {
    assertThat(TestPond.write(edit, "/l/f").version()).isEqualTo(new Version(2));
    edit.link(path("/d/e/new"), "../made");
    TestPond.write(edit, "/l/e/new");

    assertThat(edit.tree().findReal(path("/d/made"))).contains(path("/d/made"));
    assertThat(edit.tree().findReal(path("/l/e/new"))).contains(path("/d/made"));
  }

  @Test
  void write_refusals() {
    assertThatThrownBy(
            () -> edit.write(path("/x"), EntryType.TABLE, StagedContent.EMPTY, ContentFacts.NONE))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage(
            "'/x' cannot be written as table: it has the type data."
                + " Choose another path, or remove this one first.");
    assertThatThrownBy(() -> TestPond.write(edit, "/n/f"))
        .isInstanceOf(PondException.NotFound.class);
    assertThatThrownBy(() -> TestPond.write(edit, "/")).isInstanceOf(PondException.Conflict.class);
    edit.link(path("/c"), "c");
    assertThatThrownBy(() -> TestPond.write(edit, "/c"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("they probably form a circle");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            edit.write(path("/n"), EntryType.SYMLINK, StagedContent.EMPTY, ContentFacts.NONE));
  }

  @Test
  void link_refusals() {
    assertThatThrownBy(() -> edit.link(path("/x"), "d"))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage("'/x' exists already. Choose another name, or remove it first.");
    assertThatThrownBy(() -> edit.link(path("/n"), ""))
        .isInstanceOf(PondException.Usage.class)
        .hasMessageStartingWith("a symbolic link needs a target");
    assertThatThrownBy(() -> edit.link(path("/l/n"), "../../x"))
        .isInstanceOf(PondException.Usage.class)
        .hasMessageStartingWith("the path '../../x' leads above '/'");
    edit.link(path("/l/e/n"), "../../x");
    assertThat(edit.tree().findReal(path("/d/e/n"))).contains(path("/x"));
  }

  @Test
  void move_keepsNode_andReplacesFilesAndEmptyDirectories() {
    NodeId node = node("/x");
    edit.move(path("/x"), path("/l/f"));
    assertThat(node("/d/f")).isEqualTo(node);
    edit.makeDirectory(path("/empty"));
    edit.move(path("/d"), path("/empty"));
    assertThat(node("/empty/f")).isEqualTo(node);
    pond.commit(edit);

    assertThat(pond.tree().findReal(path("/empty/f"))).isPresent();
    assertThat(pond.tree().find(path("/d"))).isEmpty();
  }

  private NodeId node(String text) {
    return edit.tree().require(path(text)).findEntry().orElseThrow().node();
  }

  @Test
  void move_refusals() {
    assertThatThrownBy(() -> edit.move(path("/d"), path("/d/e/g")))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage(
            "'/d' cannot move into itself: '/d/e/g' lies within it."
                + " Choose a place outside of it.");
    assertThatThrownBy(() -> edit.move(path("/d"), path("/l/e/g")))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessageStartingWith("'/d' cannot move into itself");
    assertThatThrownBy(() -> edit.move(path("/x"), path("/d")))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage("'/d' is in the way: it has the type directory. Remove it first.");
    assertThatThrownBy(() -> edit.move(path("/d/e"), path("/x")))
        .hasMessage("'/x' is in the way: it has the type data. Remove it first.");
    assertThatThrownBy(() -> edit.move(path("/d/e"), path("/d")))
        .hasMessage("'/d' is in the way: it is a directory with entries. Remove it first.");
    assertThatThrownBy(() -> edit.move(path("/"), path("/r")))
        .hasMessageStartingWith("the root stays where it is");
    assertThatThrownBy(() -> edit.move(path("/x"), path("/")))
        .hasMessageStartingWith("'/' is taken by the root");
    assertThatThrownBy(() -> edit.move(path("/n"), path("/m")))
        .isInstanceOf(PondException.NotFound.class);
    assertThat(edit.rows()).isEmpty();
  }

  @Test
  void move_subtreeThatWouldBeTooDeep_isRefused() {
    String deep = "/t".repeat(200);
    edit.makeDirectories(path(deep));
    edit.makeDirectories(path("/s".repeat(57)));

    assertThatThrownBy(() -> edit.move(path("/s"), path(deep + "/s")))
        .isInstanceOf(PondException.Usage.class)
        .hasMessage(
            "'/s' cannot move there: what lies below it would be deeper than 256 levels."
                + " Use a shallower directory.");
    assertThat(edit.tree().find(path("/s/s"))).isPresent();
    edit.move(path("/s/s"), path(deep + "/s"));
    pond.commit(edit);

    assertThat(pond.tree().find(path(deep + "/s".repeat(56)))).isPresent();
    // Up and sideways there is room always.
    TreeEdit next = pond.edit();
    next.move(path(deep + "/s"), path("/s/s"));
    next.removeTree(path("/t"));
    pond.commit(next);
    assertThat(pond.tree().find(path("/t"))).isEmpty();
  }

  @Test
  void removeTree_deeperThanAPathCanBe_takesItAll() {
    String deep = "/t".repeat(256);
    edit.makeDirectories(path(deep));
    edit.makeDirectories(path("/s/s"));
    pond.commit(edit);
    // As an earlier program did, which looked at the end of the move alone.
    DirectoryEntry s = pond.tree().require(path("/s")).findEntry().orElseThrow();
    NodeId end = pond.tree().require(path(deep)).findEntry().orElseThrow().node();
    pond.commit(
        List.of(
            new LogRow.EntryRemoved(s),
            new LogRow.EntryPut(
                new DirectoryEntry(end, s.name(), s.node(), s.type(), s.origin()))));

    TreeEdit next = pond.edit();
    next.removeTree(path("/t"));

    assertThat(next.rows()).hasSize(258).allMatch(LogRow.EntryRemoved.class::isInstance);
  }

  @Test
  void remove_takesLinksAndEmptyDirectoriesOnly() {
    assertThatThrownBy(() -> edit.remove(path("/d")))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage("the directory '/d' is not empty. Use 'pond rm -r /d'.");
    edit.remove(path("/d/e"));
    edit.removeTree(path("/l"));
    assertThat(edit.tree().find(path("/d/f"))).isPresent();
    edit.remove(path("/d/f"));
    edit.remove(path("/d"));

    assertThat(edit.tree().list(PondPath.ROOT)).hasSize(1);
    assertThatThrownBy(() -> edit.remove(path("/d"))).isInstanceOf(PondException.NotFound.class);
  }

  @Test
  void writeCovering_series_standsForVersionsFromTheFirstNamed() {
    PondPath series = path("/d/s");
    for (int i = 0; i < 3; i++) {
      edit.write(series, EntryType.DATA_SERIES, StagedContent.EMPTY, ContentFacts.NONE);
    }

    NodeVersion written =
        edit.writeCovering(series, new Version(2), StagedContent.EMPTY, ContentFacts.NONE);

    assertThat(written.version()).isEqualTo(new Version(4));
    assertThat(written.coversFrom()).isEqualTo(new Version(2));
    assertThat(edit.tree().snapshot().listVersions(written.node()))
        .extracting(NodeVersion::version)
        .containsExactly(Version.FIRST, new Version(4));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            edit.writeCovering(series, new Version(3), StagedContent.EMPTY, ContentFacts.NONE))
        .withMessage("'/d/s' has no version 3");
    assertThatThrownBy(() ->
            edit.writeCovering(path("/x"), Version.FIRST, StagedContent.EMPTY, ContentFacts.NONE))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessageContaining("'/x' has no versions to take the place of");
  }
}
