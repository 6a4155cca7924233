package dev.duckpond.steward;

import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.LogRow;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.StoreWrite;
import dev.duckpond.tinyfs.TreeEdit;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The pond as one transaction may change it; valid while its work runs. */
public final class WriteTransaction implements Draft {
  private final TreeEdit edit;
  private final StoreWrite write;
  private boolean isRehearsal;

  WriteTransaction(TreeEdit edit, StoreWrite write) {
    this.edit = edit;
    this.write = write;
  }

  @Override
  public TreeEdit edit() {
    return edit;
  }

  @Override
  public StagedContent stage(InputStream content, EntryType type) throws IOException {
    return write.stage(content, type);
  }

  /** Makes this a rehearsal: whatever is changed, before or after, nothing of it is committed. */
  public void rehearse() {
    isRehearsal = true;
  }

  /** Lists the rows to commit. */
  List<LogRow> rows() {
    return isRehearsal ? List.of() : edit.rows();
  }
}
