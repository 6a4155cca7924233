package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.TreeEdit;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LogWriterTest extends YardScene {
  private static final PondPath DIRECTORY = PondPath.of("/logs");

  /** A draft of a pond whose disk is full. */
  private static final class FullDraft implements Draft {
    @Override
    public TreeEdit edit() {
      throw new AssertionError("nothing is to be changed");
    }

    @Override
    public StagedContent stage(InputStream content, EntryType type) {
      throw new PondException.NoSpace(
          "content cannot be taken into the pond",
          "the disk is full",
          "",
          new IOException("No space left on device"));
    }
  }

  @Test
  void write_fullDisk_tellsTheLogAndHowManyBytesDidNotFit() {
    yard.append("app.log", "one\ntwo\n");
    CollectSite site = new CollectSite(yard.pond().execution().execution());
    PondTree tree = site.read();
    LogWriter writer =
        new LogWriter(
            site,
            DIRECTORY,
            new ShelfWatch(tree, LogShelf.read(tree, DIRECTORY), DIRECTORY),
            new LogPlaces(Set.of()),
            new LogTally());
    PondPath path = PondPath.of("/logs/app.log");

    assertThatThrownBy(() ->
            writer.write(
                new FullDraft(),
                path,
                new HostLog(yard.file("app.log"), path),
                4,
                8,
                ContentFacts.NONE))
        .isInstanceOf(PondException.NoSpace.class)
        .hasMessage(
            "'/logs/app.log' cannot be written: the disk of the pond has no room for 4 bytes"
                + " more. Free some space; the next run goes on.");
  }
}
