package dev.duckpond.collect;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import dev.duckpond.tinyfs.TxnSeq;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file in which an inbox writes down what it has taken in: a line of JSON for each, in {@code
 * /system/state/inbox/ID.taken}, where ID is that of the node, which may be moved. Each version is
 * a line, but for those that stand for many before them.
 *
 * @param former where earlier releases wrote it, {@code /system/state/PATH.taken}, while it is
 *     still there
 */
record LedgerFile(PondPath path, Optional<PondPath> former) {
  /** Versions that are read one by one; the next one stands for most of them. */
  static final int MAX_VERSIONS = 64;

  private static final PondPath STATE = PondPath.of("/system/state");
  private static final String SUFFIX = ".taken";

  /**
   * A file that is in.
   *
   * @param to where it went
   * @param takenMillis when, since 1970
   * @param openLine where a quoted value begins that went over the end of its line and had no end;
   *     its row and what follows were not taken in
   * @param settings a hash of how it was read; earlier releases did not write it
   */
  record Entry(
      String file,
      long sizeBytes,
      long mtimeMillis,
      ContentHash hash,
      String to,
      long takenMillis,
      OptionalLong openLine,
      Optional<String> settings) {
    /** A file that was changed so shortly before may have been changed again within one tick. */
    private static final long CLOCK_TICK_MILLIS = 2_000;

    String toLine() {
      JsonObject.Builder line =
          JsonObject.builder()
              .put("file", file)
              .put("size", sizeBytes)
              .put("mtime_ms", mtimeMillis)
              .put("sha256", hash.hex())
              .put("to", to)
              .put("taken_ms", takenMillis);
      openLine.ifPresent(number -> line.put("open_line", number));
      settings.ifPresent(text -> line.put("settings", text));
      return line.build().toText() + "\n";
    }

    static Entry parse(String line) {
      JsonObject json = Json.parse(line).asObject();
      return new Entry(
          json.require("file").text(),
          json.require("size").longValue(),
          json.require("mtime_ms").longValue(),
          new ContentHash(json.require("sha256").text()),
          json.require("to").text(),
          json.require("taken_ms").longValue(),
          json.findLong("open_line"),
          json.find("settings").map(Json::text));
    }

    /** Answers the same file, read in another way. */
    Entry with(Optional<String> other) {
      return new Entry(file, sizeBytes, mtimeMillis, hash, to, takenMillis, openLine, other);
    }

    boolean isSettled() {
      return mtimeMillis + CLOCK_TICK_MILLIS < takenMillis;
    }
  }

  /** Finds the file of a node; one that is in no tree is known by its path. */
  static LedgerFile of(PondPath node, PondTree tree) {
    PondPath byPath = STATE.resolve("." + node + SUFFIX);
    Optional<List<NodeVersion>> made =
        tree.find(node)
            .flatMap(Node::findEntry)
            .map(entry -> tree.snapshot().listVersions(entry.node()))
            .filter(versions -> !versions.isEmpty());
    if (made.isEmpty()) {
      return new LedgerFile(byPath, Optional.empty());
    }
    NodeVersion first = made.get().getFirst();
    PondPath byId = STATE.resolve("inbox/" + first.node().uuid() + SUFFIX);
    boolean isFormer = tree.find(byId).isEmpty() && isOf(first.txnSeq(), versions(byPath, tree));
    return new LedgerFile(byId, isFormer ? Optional.of(byPath) : Optional.empty());
  }

  /** Tells whether a file was written by a node, and not by one that was in its place before. */
  private static boolean isOf(TxnSeq made, List<NodeVersion> versions) {
    return !versions.isEmpty() && versions.getLast().txnSeq().compareTo(made) > 0;
  }

  private static List<NodeVersion> versions(PondPath path, PondTree tree) {
    return tree.find(path)
        .filter(there -> there.type() == EntryType.DATA_SERIES)
        .flatMap(Node::findEntry)
        .map(entry -> tree.snapshot().listVersions(entry.node()))
        .orElse(List.of());
  }

  /**
   * Lists what was written, oldest first.
   *
   * @throws PondException.Corrupt when it cannot be read; to take all files again could bring back
   *     what was corrected since
   */
  List<Entry> read(PondTree tree) {
    return read(tree, versions(former.orElse(path), tree));
  }

  private List<Entry> read(PondTree tree, List<NodeVersion> versions) {
    List<Entry> entries = new ArrayList<>();
    for (NodeVersion version : versions) {
      try (InputStream in = tree.snapshot().contents().open(version);
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        lines.lines().map(Entry::parse).forEach(entries::add);
      } catch (IOException | UncheckedIOException | JsonException e) {
        throw new PondException.Corrupt(
            "'" + former.orElse(path) + "' cannot be read",
            "it says which files are in",
            "Restore it from an earlier transaction.",
            e);
      }
    }
    return entries;
  }

  /** Writes a line, as part of a transaction of its own. */
  void write(Draft draft, Entry entry) throws IOException {
    draft.edit().makeDirectories(path.parent());
    if (former.isPresent() && draft.edit().tree().find(path).isEmpty()) {
      draft.edit().move(former.get(), path);
    }
    PondTree tree = draft.edit().tree();
    List<NodeVersion> versions = versions(path, tree);
    if (versions.size() < MAX_VERSIONS) {
      draft
          .edit()
          .write(path, EntryType.DATA_SERIES, stage(draft, entry.toLine()), ContentFacts.NONE);
      return;
    }
    List<NodeVersion> covered = versions.subList(firstCovered(versions), versions.size());
    InboxLedger newest = new InboxLedger(this, read(tree, covered));
    newest.remember(entry);
    StringBuilder lines = new StringBuilder();
    newest.entries().forEach(each -> lines.append(each.toLine()));
    draft
        .edit()
        .writeCovering(
            path,
            covered.getFirst().coversFrom(),
            stage(draft, lines.toString()),
            ContentFacts.NONE);
  }

  /**
   * Answers the first version that the next one is to stand for. It goes back as long as versions
   * are not much larger than all after them, so that a line is written again few times.
   */
  private static int firstCovered(List<NodeVersion> versions) {
    int first = versions.size();
    long sizeBytes = 0;
    while (first > 0) {
      long before = versions.get(first - 1).sizeBytes();
      boolean isEnough = versions.size() - first >= MAX_VERSIONS / 2;
      if (isEnough && before > 2 * sizeBytes) {
        return first;
      }
      sizeBytes += before;
      first--;
    }
    return first;
  }

  private static StagedContent stage(Draft draft, String text) throws IOException {
    return draft.stage(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), EntryType.DATA_SERIES);
  }
}
