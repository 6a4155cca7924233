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
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which files are in: a line of JSON for each, in a file of the pond beside the others of
 * its kind, {@code /system/state/PATH.taken}. A line is committed together with what it tells of.
 */
final class InboxLedger {
  private static final PondPath STATE = PondPath.of("/system/state");

  /**
   * A file that is in.
   *
   * @param to where it went
   * @param takenMillis when, since 1970
   */
  record Entry(
      String file,
      long sizeBytes,
      long mtimeMillis,
      ContentHash hash,
      String to,
      long takenMillis) {
    /** A file that was changed so shortly before may have been changed again within one tick. */
    private static final long CLOCK_TICK_MILLIS = 2_000;

    String toLine() {
      return JsonObject.builder()
              .put("file", file)
              .put("size", sizeBytes)
              .put("mtime_ms", mtimeMillis)
              .put("sha256", hash.hex())
              .put("to", to)
              .put("taken_ms", takenMillis)
              .build()
              .toText()
          + "\n";
    }

    static Entry parse(String line) {
      JsonObject json = Json.parse(line).asObject();
      return new Entry(
          json.require("file").text(),
          json.require("size").longValue(),
          json.require("mtime_ms").longValue(),
          new ContentHash(json.require("sha256").text()),
          json.require("to").text(),
          json.require("taken_ms").longValue());
    }

    boolean isSettled() {
      return mtimeMillis + CLOCK_TICK_MILLIS < takenMillis;
    }
  }

  private record Key(ContentHash hash, String to) {}

  private final PondPath path;
  private final Set<Key> taken = new HashSet<>();
  private final Map<String, Entry> newest = new HashMap<>();

  private InboxLedger(PondPath path) {
    this.path = path;
  }

  /**
   * Reads what a node remembers.
   *
   * @throws PondException.Corrupt when it cannot be read; to take all files again could bring back
   *     what was corrected since
   */
  static InboxLedger read(PondPath node, PondTree tree) {
    PondPath path = pathOf(node);
    InboxLedger ledger = new InboxLedger(path);
    List<NodeVersion> versions =
        tree.find(path)
            .filter(there -> there.type() == EntryType.DATA_SERIES)
            .flatMap(Node::findEntry)
            .map(entry -> tree.snapshot().listVersions(entry.node()))
            .orElse(List.of());
    for (NodeVersion version : versions) {
      try (InputStream in = tree.snapshot().contents().open(version);
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        lines.lines().forEach(line -> ledger.remember(Entry.parse(line)));
      } catch (IOException | UncheckedIOException | JsonException e) {
        throw new PondException.Corrupt(
            "'" + path + "' cannot be read",
            "it says which files are in",
            "Restore it from an earlier transaction.",
            e);
      }
    }
    return ledger;
  }

  /** Answers where a node remembers. */
  static PondPath pathOf(PondPath node) {
    return STATE.resolve("." + node + ".taken");
  }

  /** Lists where files went, sorted. */
  List<String> targets() {
    return taken.stream().map(Key::to).distinct().sorted().toList();
  }

  /** Tells whether a content went to a place already. */
  boolean has(ContentHash hash, String to) {
    return taken.contains(new Key(hash, to));
  }

  /** Finds what was taken of a file last, for a look at its size and time instead of its bytes. */
  Optional<Entry> findNewest(String file, String to) {
    return Optional.ofNullable(newest.get(file)).filter(entry -> entry.to().equals(to));
  }

  /** Writes a line, as part of a transaction. */
  void write(Draft draft, Entry entry) throws IOException {
    draft.edit().makeDirectories(path.parent());
    byte[] line = entry.toLine().getBytes(StandardCharsets.UTF_8);
    draft
        .edit()
        .write(
            path,
            EntryType.DATA_SERIES,
            draft.stage(new ByteArrayInputStream(line), EntryType.DATA_SERIES),
            ContentFacts.NONE);
  }

  /** Remembers what was committed. */
  void remember(Entry entry) {
    taken.add(new Key(entry.hash(), entry.to()));
    newest.put(entry.file(), entry);
  }
}
