package dev.duckpond.testkit;

import dev.duckpond.tinyfs.CommittedTransaction;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TreeEdit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;

/** Contents and trees that tests start from. */
public final class Samples {
  /** Content up to this size, in bytes, may lie in the operation log itself. */
  public static final int INLINE_BYTES = 64 * 1024;

  private Samples() {}

  /** Answers {@code size} bytes that look random and are the same for the same seed. */
  public static byte[] bytes(int size, long seed) {
    byte[] out = new byte[size];
    new SplittableRandom(seed).nextBytes(out);
    return out;
  }

  /** Stages bytes. */
  public static StagedContent stage(StoreWrite write, EntryType type, byte[] content)
      throws IOException {
    return write.stage(new ByteArrayInputStream(content), type);
  }

  /** Stages and writes a version of a file, without facts. */
  public static NodeVersion write(
      TreeEdit edit, StoreWrite write, String path, EntryType type, byte[] content)
      throws IOException {
    return edit.write(PondPath.of(path), type, stage(write, type, content), ContentFacts.NONE);
  }

  /** Stages and writes a version of a {@code data} file with a text. */
  public static NodeVersion write(TreeEdit edit, StoreWrite write, String path, String text)
      throws IOException {
    return write(edit, write, path, EntryType.DATA, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers the facts of a series with a row a minute from an instant on. */
  public static ContentFacts seriesFacts(long firstMicros, long rows) {
    long last = firstMicros + (rows - 1) * 60_000_000L;
    return ContentFacts.builder()
        .rowCount(rows)
        .timeColumn("timestamp")
        .bounds(Optional.of(new EventBounds(firstMicros, last)))
        .build();
  }

  /**
   * Commits a small harbour in one transaction. The contents are their own paths, as text:
   *
   * <pre>
   * /
   * ├── .notes                  data
   * ├── latest -> sites/north   symlink
   * ├── readme.txt              data
   * ├── sites/
   * │   ├── north/
   * │   │   ├── salt.series     table:series, one version
   * │   │   └── temp.series     table:series, versions 1 and 2
   * │   └── south/
   * │       └── temp.series     table:series, one version
   * └── stations.table          table
   * </pre>
   */
  public static CommittedTransaction harbour(PondFixture pond) {
    return pond.commit((edit, write) -> {
      edit.makeDirectories(PondPath.of("/sites/north"));
      edit.makeDirectories(PondPath.of("/sites/south"));
      text(edit, write, "/.notes", EntryType.DATA);
      text(edit, write, "/readme.txt", EntryType.DATA);
      text(edit, write, "/stations.table", EntryType.TABLE);
      text(edit, write, "/sites/north/salt.series", EntryType.TABLE_SERIES);
      text(edit, write, "/sites/north/temp.series", EntryType.TABLE_SERIES);
      text(edit, write, "/sites/north/temp.series", EntryType.TABLE_SERIES);
      text(edit, write, "/sites/south/temp.series", EntryType.TABLE_SERIES);
      edit.link(PondPath.of("/latest"), "sites/north");
    });
  }

  private static void text(TreeEdit edit, StoreWrite write, String path, EntryType type)
      throws IOException {
    write(edit, write, path, type, path.getBytes(StandardCharsets.UTF_8));
  }
}
