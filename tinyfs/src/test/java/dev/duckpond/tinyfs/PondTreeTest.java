package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
 * │   │   ├── f
 * │   │   └── up -> ../x
 * │   └── x
 * └── x
 * </pre>
 */
final class PondTreeTest {
  private TestPond pond;

  @BeforeEach
  void makeTree(@TempDir Path scratch) {
    pond = new TestPond(scratch).files("/d/e/f", "/d/x", "/x").link("/d/e/up", "../x");
  }

  private String real(String path) {
    return pond.tree().findReal(PondPath.of(path)).map(PondPath::toString).orElse("none");
  }

  @Test
  void find_withoutLinks_isThePathItself() {
    assertThat(real("/")).isEqualTo("/");
    assertThat(real("/d/e/f")).isEqualTo("/d/e/f");
    assertThat(real("/d/e/g")).isEqualTo("none");
    assertThat(real("/x/y")).isEqualTo("none");
  }

  @Test
  void find_linkLastAndInTheMiddle_isFollowed() {
    pond.link("/l", "d/e").link("/abs", "/d/../d").link("/root", "/");

    assertThat(real("/l")).isEqualTo("/d/e");
    assertThat(real("/l/f")).isEqualTo("/d/e/f");
    assertThat(real("/abs/e/up")).isEqualTo("/d/x");
    assertThat(real("/root/root/l/f")).isEqualTo("/d/e/f");
    assertThat(pond.tree().findUnfollowed(PondPath.of("/abs/e/up")).orElseThrow())
        .isInstanceOfSatisfying(
            Node.Symlink.class, link -> assertThat(link.target()).isEqualTo("../x"));
  }

  @Test
  void find_linkReachedThroughLink_startsWhereItReallyLies() {
    pond.link("/l", "d/e");

    assertThat(real("/l/up")).isEqualTo("/d/x");
  }

  @Test
  void find_tenLinks_areFollowedAndElevenAreNot() {
    pond.link("/l1", "x");
    for (int i = 2; i <= 11; i++) {
      pond.link("/l" + i, "l" + (i - 1));
    }
    assertThat(real("/l10")).isEqualTo("/x");
    assertThatThrownBy(() -> real("/l11"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'/l1' leads through more than 10 symbolic links: they probably form a circle."
                + " Run 'pond list -l /' and remove one of them.");
  }

  @Test
  void find_circle_isRefused() {
    pond.link("/p", "q").link("/q", "p").link("/self", "self/deeper");

    assertThatThrownBy(() -> real("/p/z")).isInstanceOf(PondException.Invalid.class);
    assertThatThrownBy(() -> real("/self")).isInstanceOf(PondException.Invalid.class);
    assertThat(pond.tree().findUnfollowed(PondPath.of("/p"))).isPresent();
  }

  @Test
  void find_linkMovedSoThatItLeadsAboveRoot_isRefusedByName() {
    pond.commit(edit -> edit.link(PondPath.of("/d/e/far"), "../../x"));
    assertThat(real("/d/e/far")).isEqualTo("/x");
    pond.commit(edit -> edit.move(PondPath.of("/d/e/far"), PondPath.of("/far")));

    assertThatThrownBy(() -> real("/far"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "the symbolic link '/far' cannot be followed: the path '../../x' leads above '/'."
                + " Remove it, and make it again with another target.");
  }

  @Test
  void require_missing_namesTheClosestDirectory() {
    pond.link("/gone", "nowhere");

    assertThatThrownBy(() -> pond.tree().require(PondPath.of("/d/e/g/h")))
        .isInstanceOf(PondException.NotFound.class)
        .hasMessage("'/d/e/g/h' does not exist. Run 'pond list /d/e/'.");
    assertThatThrownBy(() -> pond.tree().require(PondPath.of("/y")))
        .hasMessage("'/y' does not exist. Run 'pond list /'.");
    assertThatThrownBy(() -> pond.tree().require(PondPath.of("/d/x/y")))
        .hasMessage(
            "'/d/x/y' does not exist: '/d/x' is not a directory, it has the type data."
                + " Run 'pond list -l /d/x'.");
    assertThatThrownBy(() -> pond.tree().require(PondPath.of("/gone")))
        .hasMessage(
            "'/gone' leads nowhere: it is a link to 'nowhere', which does not exist."
                + " Remove the link or make its target.");
    assertThatThrownBy(() -> pond.tree().require(PondPath.of("/gone/y")))
        .hasMessage("'/gone/y' does not exist. Run 'pond list /'.");
  }

  @Test
  void list_throughLink_keepsThePathAsked() {
    pond.link("/l", "d/e");

    assertThat(pond.tree().list(PondPath.of("/l")))
        .extracting(match -> match.path().toString())
        .containsExactly("/l/f", "/l/up");
    assertThat(pond.tree().list(PondPath.of("/x"))).isEmpty();
    assertThatThrownBy(() -> pond.tree().list(PondPath.of("/y")))
        .isInstanceOf(PondException.NotFound.class);
  }

  @Test
  void workingDirectory_resolvesAndChanges() {
    WorkingDirectory here = WorkingDirectory.ROOT.change(pond.tree(), "d");

    assertThat(here.resolve("e/../x")).hasToString("/d/x");
    assertThat(here.resolve("/x")).hasToString("/x");
    assertThat(here.pattern("*/f").match(PondPath.of("/d/e/f"))).isPresent();
    assertThat(here.pattern("../*").match(PondPath.of("/x"))).isPresent();
    assertThat(here.pattern("/x").match(PondPath.of("/x"))).isPresent();
    assertThat(new WorkingDirectory(PondPath.of("/a*")).pattern("b").match(PondPath.of("/ac/b")))
        .isEmpty();
    assertThatThrownBy(() -> here.change(pond.tree(), "x"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("'/d/x' is not a directory");
    assertThatThrownBy(() -> here.change(pond.tree(), "y"))
        .isInstanceOf(PondException.NotFound.class);
  }
}
