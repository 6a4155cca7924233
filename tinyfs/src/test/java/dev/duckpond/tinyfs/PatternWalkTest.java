package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
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
 * ├── .git/
 * │   └── x
 * ├── a/
 * │   ├── .h
 * │   ├── b/
 * │   │   ├── loop -> /
 * │   │   └── x
 * │   └── x
 * ├── circle -> circle
 * ├── dangling -> nowhere
 * ├── l -> a/b
 * └── x
 * </pre>
 */
final class PatternWalkTest {
  private TestPond pond;

  @BeforeEach
  void makeTree(@TempDir Path scratch) {
    pond =
        new TestPond(scratch)
            .files("/.git/x", "/a/.h", "/a/b/x", "/a/x", "/x")
            .link("/a/b/loop", "/")
            .link("/circle", "circle")
            .link("/dangling", "nowhere")
            .link("/l", "a/b");
  }

  private List<String> match(String pattern) {
    return match(pattern, Visibility.VISIBLE_ONLY);
  }

  private List<String> match(String pattern, Visibility visibility) {
    return pond.tree().match(PathPattern.parse(pattern), visibility).stream()
        .map(match -> match.path().toString())
        .toList();
  }

  @Test
  void match_literal_isThePathItself() {
    assertThat(match("/a/b/x")).containsExactly("/a/b/x");
    assertThat(match("/l/x")).containsExactly("/l/x");
    assertThat(match("/")).containsExactly("/");
    assertThat(match("/none/x")).isEmpty();
    assertThat(match("/x/y")).isEmpty();
    assertThat(match("/dangling/x")).isEmpty();
  }

  @Test
  void match_wildcardLast_namesLinksWithoutFollowing() {
    assertThat(match("/*")).containsExactly("/a", "/circle", "/dangling", "/l", "/x");
    assertThat(pond.tree().match(PathPattern.parse("/l"), Visibility.ALL).getFirst().node())
        .isInstanceOf(Node.Symlink.class);
  }

  @Test
  void match_wildcardOnTheWay_followsLinksAndSkipsBrokenOnes() {
    assertThat(match("/*/x")).containsExactly("/a/x", "/l/x");
    assertThat(match("/*/*")).containsExactly("/a/b", "/a/x", "/l/loop", "/l/x");
    assertThat(match("/l/loop/l/x")).containsExactly("/l/loop/l/x");
  }

  @Test
  void match_circleThatTheUserNamed_isRefused() {
    assertThatThrownBy(() -> match("/circle/*"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("leads through more than 10 symbolic links");
    assertThat(match("/c*/*")).isEmpty();
  }

  @Test
  void match_levels_doNotFollowLinks() {
    assertThat(match("/**"))
        .containsExactly(
            "/", "/a", "/a/b", "/a/b/loop", "/a/b/x", "/a/x", "/circle", "/dangling", "/l", "/x");
    assertThat(match("/**/x")).containsExactly("/a/b/x", "/a/x", "/x");
    assertThat(match("/**/*"))
        .containsExactly(
            "/a", "/a/b", "/a/b/loop", "/a/b/x", "/a/x", "/circle", "/dangling", "/l", "/x");
    assertThat(match("/**/**/x")).isEqualTo(match("/**/x"));
  }

  @Test
  void match_levelsBelowNamedLink_lookInside() {
    assertThat(match("/l/**")).containsExactly("/l", "/l/loop", "/l/x");
    assertThat(match("/*/**/x")).containsExactly("/a/b/x", "/a/x", "/l/x");
    assertThat(match("/l/loop/**/b")).containsExactly("/l/loop/a/b");
  }

  @Test
  void match_hiddenNames_needTheDotOrAll() {
    assertThat(match("/*/x", Visibility.ALL)).containsExactly("/.git/x", "/a/x", "/l/x");
    assertThat(match("/.*/x")).containsExactly("/.git/x");
    assertThat(match("/{.git,a}/x")).containsExactly("/.git/x", "/a/x");
    assertThat(match("/[.]git/x")).isEmpty();
    assertThat(match("/.git/*")).containsExactly("/.git/x");
    assertThat(match("/**/.h")).containsExactly("/a/.h");
    assertThat(match("/**/x", Visibility.ALL)).containsExactly("/.git/x", "/a/b/x", "/a/x", "/x");
  }

  @Test
  void match_captures_areThoseOfThePathAsMatched() {
    List<PathMatch> found =
        pond.tree().match(PathPattern.parse("/**/{b,l}/?"), Visibility.VISIBLE_ONLY);

    assertThat(found)
        .extracting(match -> match.path() + " " + match.captures().texts())
        .containsExactly("/a/b/x [a, b, x]", "/l/x [, l, x]");
  }

  @Test
  void match_twentyThousandEntries_findsThemInOrder(@TempDir Path scratch) {
    int files = 20_000;
    TestPond large = new TestPond(scratch);
    large.commit(edit -> {
      edit.makeDirectory(PondPath.of("/d"));
      for (int i = 0; i < files; i++) {
        TestPond.write(edit, "/d/file-%05d.parquet".formatted(i));
      }
    });
    PathPattern pattern = PathPattern.parse("/**/file-*.parquet");

    List<PathMatch> found = large.tree().match(pattern, Visibility.VISIBLE_ONLY);

    assertThat(found).hasSize(files);
    assertThat(found.get(12_345).captures().texts()).containsExactly("d", "12345");
    assertThat(found).extracting(PathMatch::path).isSorted();
  }
}
