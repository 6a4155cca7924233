package dev.duckpond.cli;

import dev.duckpond.config.Field;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.factories.Kind;
import dev.duckpond.factories.KindSource;
import dev.duckpond.factories.NodeSite;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Execution;
import dev.duckpond.query.Freshness;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An executable kind for tests: writes each argument into a file, a transaction for each, and tells
 * how many it wrote; the argument {@code bad} fails and the others go on. A diary named {@code
 * broken} ends with a mistake of the program.
 */
final class DiaryKind implements Kind<PondPath> {
  static final KindSource SOURCE =
      new KindSource() {
        @Override
        public List<String> names() {
          return List.of("diary");
        }

        @Override
        public Kind<?> make(String name) {
          return new DiaryKind();
        }
      };

  private static final Field<PondPath> FILE =
      Field.required("file", Shapes.parsed("a path of the pond", PondPath::of), "The diary.");

  @Override
  public String name() {
    return "diary";
  }

  @Override
  public EntryType type() {
    return EntryType.DATA_DYNAMIC;
  }

  @Override
  public Shape<PondPath> shape() {
    return ObjectShape.of("a diary", List.of(FILE), fields -> fields.value(FILE));
  }

  @Override
  public String summary() {
    return "writes what it is told";
  }

  @Override
  public String example() {
    return "file: /diary\n";
  }

  @Override
  public DynamicNode open(NodeSite site, PondPath file) {
    return new Diary(site, file);
  }

  private record Diary(NodeSite site, PondPath file) implements ExecutableNode {
    @Override
    public Optional<Freshness> freshness(PondTree tree) {
      if (file.name().text().equals("faded")) {
        throw new PondException.Conflict("the diary cannot be read", "it has faded", "");
      }
      return Optional.empty();
    }

    @Override
    public void run(Execution execution) throws IOException {
      if (file.name().text().equals("broken")) {
        throw new IllegalStateException("the pen is broken");
      }
      if (file.name().text().equals("full")) {
        throw new PondException.NoSpace(
            "the diary cannot be written", "it is full", "", new IOException("no page left"));
      }
      if (file.name().text().equals("damp")) {
        throw new IOException("No space left on device");
      }
      if (file.name().text().equals("torn")) {
        throw new PondException.Conflict("the diary cannot be written", "it is torn", "");
      }
      execution.print("diary " + file + " " + execution.arguments());
      int bad = 0;
      for (String word : execution.arguments()) {
        if (word.equals("bad")) {
          execution.warn("'bad' is not written");
          bad++;
        } else if (word.startsWith("/")) {
          execution.print(word + " has " + count(execution, word) + " rows");
        } else {
          Optional<CommittedTransaction> done = execution.commit(draft -> write(draft, word));
          execution.note(
              done.map(each -> "wrote " + word + " in transaction " + each.info().seq())
                  .orElse("nothing new"));
        }
      }
      if (bad > 0) {
        throw new PondException.PartlyDone(
            "a word is not written", bad + " bad", "Run it again without.");
      }
    }

    private void write(Draft draft, String word) throws IOException {
      byte[] text = word.getBytes(StandardCharsets.UTF_8);
      draft
          .edit()
          .write(
              file,
              EntryType.DATA,
              draft.stage(new ByteArrayInputStream(text), EntryType.DATA),
              ContentFacts.NONE);
    }

    private static long count(Execution execution, String path) {
      try (QuerySession session = execution.openSession(execution.tree())) {
        return session.relation(PondUrl.ofPath(path)).extents().stream()
            .mapToLong(extent -> extent.rows().orElse(0))
            .sum();
      }
    }

    @Override
    public InputStream open() {
      return site.openConfig();
    }
  }
}
