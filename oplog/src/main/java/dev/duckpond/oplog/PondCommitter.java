package dev.duckpond.oplog;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes Kernel's actions as a commit file, with our commit information, which seals the other
 * lines, in place of Kernel's.
 *
 * <p>The lines come through the transaction's committer properties, so one committer serves all
 * commits. Stateless.
 */
final class PondCommitter implements Committer {
  /** Property: the line of the commit information, without its seal. */
  static final String NOTE = "note";

  /** Property: a further line, or the empty string. */
  static final String EXTRA = "extra";

  private final DeltaFileIO files;

  PondCommitter(DeltaFileIO files) {
    this.files = files;
  }

  @Override
  public CommitResponse commit(
      Engine engine, CloseableIterator<Row> actions, CommitMetadata metadata)
      throws CommitFailedException {
    Map<String, String> lines = metadata.getCommitterProperties().get();
    String target = metadata.getPublishedDeltaFilePath();
    try {
      files
          .newOutputFile(target)
          .writeAtomically(DeltaRows.iterate(toLines(actions, lines)), false);
      return DeltaRows.published(files.getFileStatus(target));
    } catch (FileAlreadyExistsException e) {
      throw new CommitFailedException(true, true, "the version is taken", e);
    } catch (IOException e) {
      throw new CommitFailedException(false, false, "the commit file could not be written", e);
    }
  }

  private static List<String> toLines(CloseableIterator<Row> actions, Map<String, String> ours)
      throws IOException {
    List<String> others = new ArrayList<>();
    try (actions) {
      while (actions.hasNext()) {
        Row action = actions.next();
        if (!DeltaRows.isCommitInfo(action)) {
          others.add(DeltaRows.toJson(action));
        }
      }
    }
    others.add(ours.getOrDefault(EXTRA, ""));
    others.removeIf(String::isEmpty);
    List<String> lines = new ArrayList<>();
    lines.add(CommitSeal.of(others).putInto(ours.getOrDefault(NOTE, "")));
    lines.addAll(others);
    return lines;
  }
}
