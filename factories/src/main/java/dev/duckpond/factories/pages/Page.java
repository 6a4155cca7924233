package dev.duckpond.factories.pages;

import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RenderedFile;
import dev.duckpond.tinyfs.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * One page: a template, and what it is about.
 *
 * @param label what messages call it
 * @param name the name of its file, whose ending tells how values are escaped
 * @param args what the pattern captured of the first target
 * @param targets what it is about, by path
 * @param snapshot the pond that it tells of
 */
public record Page(
    String label,
    String name,
    PageTemplate template,
    List<String> args,
    List<PageTarget> targets,
    Snapshot snapshot)
    implements RenderedFile {
  public Page {
    args = List.copyOf(args);
    targets = List.copyOf(targets);
  }

  /**
   * Renders it into memory as UTF-8.
   *
   * @throws dev.duckpond.tinyfs.PondException.Invalid when the template cannot be rendered
   */
  public byte[] render(PageContext context) throws IOException {
    StringBuilder text = new StringBuilder();
    context.render(this, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void render(QuerySession session, OutputStream out) throws IOException {
    out.write(render(bare().session(session, List.of(), _ -> {}).build()));
  }

  @Override
  public InputStream open() throws IOException {
    return new ByteArrayInputStream(render(bare().build()));
  }

  /** The context outside of an export, in which nothing is exported. */
  private PageContext.Builder bare() {
    // Read twice, it is the same: what it tells of time is when the pond was last written.
    return PageContext.builder(snapshot, InstantSource.fixed(snapshot.committedAt()));
  }
}
