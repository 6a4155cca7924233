package dev.duckpond.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.collect.LedgerFile.Entry;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an inbox remembers, where, and for how long. */
final class LedgerFileTest {
  private static final PondPath NODE = PondPath.of("/system/run/node");
  private static final PondPath FORMER = PondPath.of("/system/state/system/run/node.taken");

  @TempDir Path directory;
  private CollectPond pond;
  private String yaml;

  @BeforeEach
  void makePond() throws IOException {
    pond = CollectPond.create(directory);
    Path inbox = Files.createDirectories(directory.resolve("inbox"));
    yaml = "sources: [{pattern: '" + inbox + "/*.csv', format: csv, to: /a}]";
    Path file = Files.writeString(inbox.resolve("a.csv"), "time,a\n2025-01-01,1\n");
    Files.setLastModifiedTime(file, FileTime.from(CollectPond.START.minusSeconds(3600)));
  }

  @AfterEach
  void closePond() {
    pond.close();
  }

  private void move(String from, String to) {
    pond.change(draft -> draft.edit().move(PondPath.of(from), PondPath.of(to)));
  }

  private List<String> run(String path) {
    return pond.runAt(path, "inbox", yaml).requireDone().printed();
  }

  @Test
  void run_nodeThatWasMoved_remembersWhatIsIn() {
    pond.make(NODE.toString(), "inbox", yaml);
    run(NODE.toString());
    move(NODE.toString(), "/system/run/other");

    assertThat(run("/system/run/other")).containsExactly("0 files taken in, 1 in already");
  }

  @Test
  void run_nodeInThePlaceOfOneThatWasMoved_knowsNothingOfIt() {
    pond.make(NODE.toString(), "inbox", yaml);
    run(NODE.toString());
    move(NODE.toString(), "/system/run/other");
    pond.make(NODE.toString(), "inbox", yaml);

    assertThat(run(NODE.toString())).contains("1 file taken in, 0 in already");
  }

  @Test
  void run_fileOfAnEarlierRelease_isFoundAndMovedWithTheNextLine() throws IOException {
    pond.make(NODE.toString(), "inbox", yaml);
    run(NODE.toString());
    String id = pond.versions(NODE.toString()).getFirst().node().uuid().toString();
    String byId = "/system/state/inbox/" + id + ".taken";
    pond.change(draft -> {
      draft.edit().makeDirectories(FORMER.parent());
      draft.edit().move(PondPath.of(byId), FORMER);
    });

    assertThat(run(NODE.toString())).containsExactly("0 files taken in, 1 in already");
    Files.writeString(directory.resolve("inbox/b.csv"), "time,a\n2025-01-02,2\n");
    assertThat(run(NODE.toString())).contains("1 file taken in, 1 in already");
    assertThat(pond.versions(FORMER.toString())).isEmpty();
    assertThat(pond.versions(byId)).hasSize(2);
  }

  @Test
  void run_fileOfANodeThatIsGone_isNotThatOfTheNextOne() {
    pond.change(draft -> {
      draft.edit().makeDirectories(FORMER.parent());
      String line = entry("/gone.csv", 1).toLine();
      draft
          .edit()
          .write(
              FORMER,
              EntryType.DATA_SERIES,
              draft.stage(
                  new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
                  EntryType.DATA_SERIES),
              ContentFacts.NONE);
    });
    pond.make(NODE.toString(), "inbox", yaml);

    assertThat(LedgerFile.of(NODE, pond.tree()).former()).isEmpty();
  }

  private static Entry entry(String file, int content) {
    ContentHash hash = ContentHash.of(String.valueOf(content).getBytes(StandardCharsets.UTF_8));
    return new Entry(file, 1, content, hash, "/a", content, OptionalLong.empty(), Optional.empty());
  }

  @Test
  void write_manyLines_staysAFileOfFewVersionsThatHoldsTheNewestOfEach() {
    pond.make(NODE.toString(), "inbox", yaml);
    LedgerFile file = LedgerFile.of(NODE, pond.tree());
    int lines = LedgerFile.MAX_VERSIONS + 10;
    for (int i = 0; i < lines; i++) {
      Entry entry = entry("/" + i % 7, i);
      pond.change(draft -> file.write(draft, entry));
    }

    assertThat(pond.versions(file.path().toString())).hasSizeLessThan(lines / 2);
    InboxLedger ledger = InboxLedger.read(NODE, pond.tree());
    assertThat(ledger.entries())
        .extracting(Entry::mtimeMillis)
        .containsExactly(
            lines - 7L, lines - 6L, lines - 5L, lines - 4L, lines - 3L, lines - 2L, lines - 1L);
    assertThat(ledger.targets()).containsExactly("/a");
  }
}
