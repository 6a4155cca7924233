package dev.duckpond.tinyfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts from this tree; a {@code words} directory holds a file per word of its configuration, and
 * a word with a slash is a directory in it:
 *
 * <pre>
 * /
 * ├── d/
 * │   ├── words           dynamic-directory: "beta alpha sub/one sub/two .hid"
 * │   │   ├── .hid
 * │   │   ├── alpha
 * │   │   ├── beta
 * │   │   └── sub/
 * │   │       ├── one
 * │   │       └── two
 * │   └── x
 * ├── l -> d/words/sub
 * └── word                data:dynamic: "gamma"
 * </pre>
 */
final class DynamicNodeTest {
  private TestPond pond;

  /** A file that holds its place and its word. */
  private record Word(PondPath node, String text) implements DynamicNode.File {
    @Override
    public InputStream open() {
      return new ByteArrayInputStream((node + ":" + text).getBytes(StandardCharsets.UTF_8));
    }
  }

  private record Words(PondPath node, List<String> words) implements DynamicNode.Directory {
    @Override
    public List<Child> list() {
      return words.stream()
          .map(word -> word.split("/", 2)[0])
          .distinct()
          .sorted()
          .map(word -> find(new EntryName(word)).orElseThrow())
          .toList();
    }

    @Override
    public Optional<Child> find(EntryName name) {
      String below = name + "/";
      List<String> inside =
          words.stream()
              .filter(word -> word.startsWith(below))
              .map(word -> word.substring(below.length()))
              .toList();
      if (!inside.isEmpty()) {
        return Optional.of(new Child(name, EntryType.DYNAMIC_DIRECTORY, new Words(node, inside)));
      }
      return words.contains(name.text())
          ? Optional.of(new Child(name, EntryType.DATA_DYNAMIC, new Word(node, name.text())))
          : Optional.empty();
    }
  }

  private record WordFactory(String name, EntryType entryType) implements NodeFactory {
    @Override
    public void check(NodeConfig config) {}

    @Override
    public DynamicNode open(NodeConfig config, PondTree tree) {
      return entryType.isDirectory()
          ? new Words(config.path(), Stream.of(config.yaml().split(" ", -1)).toList())
          : new Word(config.path(), config.yaml());
    }
  }

  @BeforeEach
  void makeTree(@TempDir Path scratch) {
    pond =
        new TestPond(
                scratch,
                new WordFactory("words", EntryType.DYNAMIC_DIRECTORY),
                new WordFactory("word", EntryType.DATA_DYNAMIC))
            .files("/d/x")
            .node(
                "/d/words", EntryType.DYNAMIC_DIRECTORY, "words", "beta alpha sub/one sub/two .hid")
            .node("/word", EntryType.DATA_DYNAMIC, "word", "gamma")
            .link("/l", "d/words/sub");
  }

  private static String text(Node node) throws IOException {
    DynamicNode content =
        switch (node) {
          case Node.Dynamic dynamic -> dynamic.content();
          case Node.Computed computed -> computed.content();
          case Node.Directory other -> throw new AssertionError(other);
          case Node.Stored other -> throw new AssertionError(other);
          case Node.Symlink other -> throw new AssertionError(other);
        };
    return TestPond.text(((DynamicNode.File) content).open());
  }

  private List<String> match(String pattern) {
    return pond.tree().match(PathPattern.parse(pattern), Visibility.VISIBLE_ONLY).stream()
        .map(match -> match.path().toString())
        .toList();
  }

  @Test
  void find_computedFiles_openTheirContent() throws IOException {
    PondTree tree = pond.tree();

    assertThat(text(tree.require(PondPath.of("/word")))).isEqualTo("/word:gamma");
    assertThat(text(tree.require(PondPath.of("/d/words/alpha")))).isEqualTo("/d/words:alpha");
    assertThat(text(tree.require(PondPath.of("/d/words/sub/two")))).isEqualTo("/d/words:two");
    assertThat(text(tree.require(PondPath.of("/l/one")))).isEqualTo("/d/words:one");
    assertThat(tree.find(PondPath.of("/d/words/other"))).isEmpty();
    assertThat(tree.find(PondPath.of("/d/words/alpha/deeper"))).isEmpty();
    assertThat(tree.find(PondPath.of("/word/deeper"))).isEmpty();
    assertThat(tree.require(PondPath.of("/d/words/sub")).findEntry()).isEmpty();
  }

  @Test
  void match_goesThroughComputedDirectories() {
    assertThat(match("/d/words/*"))
        .containsExactly("/d/words/alpha", "/d/words/beta", "/d/words/sub");
    assertThat(match("/**/{one,two}")).containsExactly("/d/words/sub/one", "/d/words/sub/two");
    assertThat(match("/l/*")).containsExactly("/l/one", "/l/two");
    assertThat(match("/d/words/.*")).containsExactly("/d/words/.hid");
  }

  @Test
  void match_throughLink_givesTheFactoryItsRealPath() throws IOException {
    pond.link("/alias", "d");
    Node found =
        pond.tree()
            .match(PathPattern.parse("/a*/words/alpha"), Visibility.VISIBLE_ONLY)
            .getFirst()
            .node();

    assertThat(text(found)).isEqualTo("/d/words:alpha");
  }

  @Test
  void write_again_isANewVersionOfTheConfiguration() throws IOException {
    pond.node("/word", EntryType.DATA_DYNAMIC, "word", "delta");

    Node node = pond.tree().require(PondPath.of("/word"));
    assertThat(text(node)).isEqualTo("/word:delta");
    assertThat(node.findVersion().orElseThrow().version()).isEqualTo(new Version(2));
  }

  @Test
  void edit_insideComputedDirectory_isRefused() {
    TreeEdit edit = pond.edit();

    assertThatThrownBy(() -> edit.remove(PondPath.of("/d/words/alpha")))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessage(
            "'/d/words/alpha' is computed: the directory that holds it makes it from a"
                + " configuration. Change or remove '/d/words'.");
    assertThatThrownBy(() -> TestPond.write(edit, "/d/words/new"))
        .isInstanceOf(PondException.Conflict.class)
        .hasMessageContaining("it has the type dynamic-directory");
    assertThatThrownBy(() -> edit.move(PondPath.of("/d/x"), PondPath.of("/d/words/x")))
        .isInstanceOf(PondException.Conflict.class);
    edit.makeDirectories(PondPath.of("/d/words/sub"));
    assertThat(edit.rows()).isEmpty();
  }

  @Test
  void unknownFactory_isToldWhenOpened_andHindersNothingElse() {
    PondTree tree = pond.treeWithoutFactories();

    assertThatThrownBy(() -> tree.require(PondPath.of("/d/words/alpha")))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessage(
            "'/d/words' cannot be computed: this version of pond has no factory 'words'."
                + " Use the version of pond that made it, or newer.");
    assertThat(tree.list(PondPath.of("/d"))).hasSize(2);
    assertThat(tree.match(PathPattern.parse("/*/*"), Visibility.VISIBLE_ONLY)).hasSize(2);
    TreeEdit edit =
        new TreeEdit(
            tree.snapshot(),
            FactoryRegistry.EMPTY,
            new UuidV7(() -> Instant.EPOCH, new SplittableRandom(1)),
            new TxnSeq(9),
            Instant.EPOCH);
    edit.move(PondPath.of("/word"), PondPath.of("/d/word"));
    edit.remove(PondPath.of("/d/words"));
    assertThat(edit.rows()).hasSize(3);
  }

  @Test
  void registry_refusesWhatCannotBe() {
    WordFactory word = new WordFactory("word", EntryType.DATA_DYNAMIC);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FactoryRegistry(List.of(word, word)))
        .withMessage("two factories of one name: [word, word]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FactoryRegistry(List.of(new WordFactory("w", EntryType.DATA))))
        .withMessage("w makes DATA");
    assertThat(new FactoryRegistry(List.of(word)).list()).containsExactly(word);
  }
}
