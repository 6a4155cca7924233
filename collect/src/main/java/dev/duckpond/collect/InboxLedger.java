package dev.duckpond.collect;

import dev.duckpond.collect.LedgerFile.Entry;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what of each file went where last. A line is committed together with what it tells of.
 */
final class InboxLedger {
  /** A file on its way to a place. */
  private record Way(String file, String to) {}

  private record Content(ContentHash hash, String to) {}

  private final LedgerFile file;
  private final Map<Way, Entry> newest = new LinkedHashMap<>();
  private final Map<Content, Integer> contents = new HashMap<>();
  private final Map<String, LinkedHashMap<String, Entry>> byTarget = new HashMap<>();

  /**
   * Remembers some entries.
   *
   * @param entries oldest first
   */
  InboxLedger(LedgerFile file, List<Entry> entries) {
    this.file = file;
    entries.forEach(this::remember);
  }

  /**
   * Reads what a node remembers.
   *
   * @throws PondException.Corrupt when it cannot be read
   */
  static InboxLedger read(PondPath node, PondTree tree) {
    LedgerFile file = LedgerFile.of(node, tree);
    return new InboxLedger(file, file.read(tree));
  }

  /** Lists the newest entry of each file and place, oldest first. */
  Collection<Entry> entries() {
    return Collections.unmodifiableCollection(newest.values());
  }

  /** Lists where files went, sorted. */
  List<String> targets() {
    return byTarget.keySet().stream().sorted().toList();
  }

  /** Tells whether a content is the newest of some file that went to a place. */
  boolean has(ContentHash hash, String to) {
    return contents.containsKey(new Content(hash, to));
  }

  /** Finds what was taken of a file to a place last. */
  Optional<Entry> findNewest(String file, String to) {
    return Optional.ofNullable(newest.get(new Way(file, to)));
  }

  /** Lists the newest entries of all files that went to a place, oldest first. */
  Collection<Entry> list(String to) {
    Map<String, Entry> files = byTarget.get(to);
    return files == null ? List.of() : Collections.unmodifiableCollection(files.values());
  }

  /** Finds what went to a place last. */
  Optional<Entry> findLast(String to) {
    return Optional.ofNullable(byTarget.get(to)).map(files -> files.sequencedValues().getLast());
  }

  /** Writes a line, as part of a transaction. */
  void write(Draft draft, Entry entry) throws IOException {
    file.write(draft, entry);
  }

  /** Remembers what was committed. */
  void remember(Entry entry) {
    Way way = new Way(entry.file(), entry.to());
    // Taken out first, so that it is the last one afterwards.
    Entry before = newest.remove(way);
    if (before != null) {
      Content old = new Content(before.hash(), before.to());
      int others = contents.getOrDefault(old, 0) - 1;
      if (others > 0) {
        contents.put(old, others);
      } else {
        contents.remove(old);
      }
    }
    newest.put(way, entry);
    contents.merge(new Content(entry.hash(), entry.to()), 1, Integer::sum);
    LinkedHashMap<String, Entry> files =
        byTarget.computeIfAbsent(entry.to(), _ -> new LinkedHashMap<>());
    files.remove(entry.file());
    files.put(entry.file(), entry);
  }
}
