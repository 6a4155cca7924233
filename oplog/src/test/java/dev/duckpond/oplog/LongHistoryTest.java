package dev.duckpond.oplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.testkit.PondFixture;
import dev.duckpond.testkit.PondPicture;
import dev.duckpond.testkit.Samples;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class LongHistoryTest {
  private static final int COMMITS = 2_000;

  @TempDir Path directory;

  @Test
  void twoThousandCommits_openThroughJournalAndCold_areTheSamePond() throws IOException {
    PondLayout layout = new PondLayout(directory);
    try (PondFixture pond = new PondFixture(new DiskBackend(), directory)) {
      for (int i = 0; i < COMMITS; i++) {
        byte[] content = Samples.bytes(500, i);
        pond.commit(
            (edit, write) -> Samples.write(edit, write, "/s", EntryType.TABLE_SERIES, content));
      }
      TxnSeq last = pond.snapshot().txnSeq();
      assertThat(last).isEqualTo(new TxnSeq(COMMITS + 1L));
      assertThat(layout.deltaLog().resolve("00000000000000001500.checkpoint.parquet")).exists();

      pond.reopen();
      PondPicture throughJournal = PondPicture.of(pond.snapshot());
      Files.delete(layout.indexJournal());
      pond.reopen();
      assertThat(PondPicture.of(pond.snapshot())).isEqualTo(throughJournal);

      Files.delete(layout.indexJournal());
      for (long version = 0; version < 1_500; version++) {
        Files.delete(DeltaNames.commit(layout.deltaLog(), version));
      }
      pond.reopen();
      assertThat(PondPicture.of(pond.snapshot())).isEqualTo(throughJournal);

      NodeVersion newest = pond.tree().require(PondPath.of("/s")).findVersion().orElseThrow();
      List<NodeVersion> versions = pond.snapshot().listVersions(newest.node());
      List<Path> files = pond.snapshot().contents().files(versions);
      assertThat(files).hasSize(COMMITS);
      assertThat(files.get(7)).hasBinaryContent(Samples.bytes(500, 7));
      assertThat(files.getLast()).hasBinaryContent(Samples.bytes(500, COMMITS - 1));
    }
  }
}
