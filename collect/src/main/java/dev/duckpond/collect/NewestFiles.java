package dev.duckpond.collect;

import dev.duckpond.collect.LedgerFile.Entry;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which of the files for one place are the newest by their time of modification, of those
 * with the same time the last by name. What was taken in and moved away since counts too.
 */
final class NewestFiles {
  private static final Comparator<Entry> BY_AGE =
      Comparator.comparingLong(Entry::mtimeMillis).thenComparing(Entry::file);

  private final InboxLedger ledger;
  private final String to;
  private final Map<String, Long> present = new HashMap<>();
  private Optional<Entry> newest = Optional.empty();
  private boolean isKnown;

  NewestFiles(InboxLedger ledger, String to) {
    this.ledger = ledger;
    this.to = to;
  }

  /**
   * Notes that a file is there; what the ledger says of it counts only while its time is the same.
   */
  void see(String file, long mtimeMillis) {
    present.put(file, mtimeMillis);
  }

  /** Looks at the ledger again. */
  void change() {
    isKnown = false;
  }

  /** Tells whether another file that was taken in is newer than one. */
  boolean hasNewerThan(String file, long mtimeMillis) {
    if (!isKnown) {
      isKnown = true;
      newest = ledger.list(to).stream().filter(this::isAsItWas).max(BY_AGE);
    }
    return newest
        .filter(entry -> !entry.file().equals(file))
        .filter(entry -> isNewer(entry, file, mtimeMillis))
        .isPresent();
  }

  /** Tells whether a newer file was taken in while the end of one was waited for. */
  boolean haveOvertaken(String file, long mtimeMillis) {
    return ledger.list(to).stream()
        .filter(entry -> !entry.file().equals(file))
        .filter(entry -> isNewer(entry, file, mtimeMillis))
        .anyMatch(entry -> Patience.lasts(mtimeMillis, Instant.ofEpochMilli(entry.takenMillis())));
  }

  private static boolean isNewer(Entry entry, String file, long mtimeMillis) {
    return entry.mtimeMillis() > mtimeMillis
        || (entry.mtimeMillis() == mtimeMillis && entry.file().compareTo(file) > 0);
  }

  private boolean isAsItWas(Entry entry) {
    Long now = present.get(entry.file());
    return now == null || now == entry.mtimeMillis();
  }
}
