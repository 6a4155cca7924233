package dev.duckpond.collect;

import dev.duckpond.collect.LedgerFile.Entry;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One run of an inbox over all files. */
final class InboxRun {
  private static final int BUFFER_BYTES = 1 << 16;

  private final CollectSite run;
  private final InboxConfig config;
  private final InboxLedger ledger;
  private final InboxIntake intake;
  private final Map<String, NewestFiles> newest = new HashMap<>();
  private final List<String> readOtherwise = new ArrayList<>();
  private final List<String> waiting = new ArrayList<>();
  private int taken;
  private int unchanged;
  private int older;

  InboxRun(CollectSite run, InboxConfig config, InboxLedger ledger, InboxIntake intake) {
    this.run = run;
    this.config = config;
    this.ledger = ledger;
    this.intake = intake;
  }

  /** Takes in what is new; a file that several sources want is moved after the last of them. */
  void take(Failures failures) {
    List<Arrival> arrivals = Arrival.list(config.sources(), failures);
    Map<Path, Integer> left = new HashMap<>();
    for (Arrival arrival : arrivals) {
      left.merge(arrival.file(), 1, Integer::sum);
      newestFiles(arrival).see(arrival.label(), arrival.mtimeMillis());
    }
    for (Arrival arrival : arrivals) {
      failures.attempt(arrival.label(), () -> take(arrival, left));
    }
    warnOfSettings();
    waiting.forEach(run::warn);
    run.tell(
        taken
            + (taken == 1 ? " file" : " files")
            + " taken in, "
            + unchanged
            + " in already"
            + (older == 0 ? "" : ", " + older + " older than what is in"));
  }

  private NewestFiles newestFiles(Arrival arrival) {
    return newest.computeIfAbsent(arrival.to(), to -> new NewestFiles(ledger, to));
  }

  /**
   * Takes a file in for one source.
   *
   * @param left how many sources it is still to be taken in for; one that fails stays among them
   */
  private void take(Arrival arrival, Map<Path, Integer> left) {
    try {
      Optional<InboxArchive.Seen> seen = take(arrival);
      if (seen.isPresent() && left.merge(arrival.file(), -1, Integer::sum) == 0) {
        new InboxArchive(config.archiveTo()).move(arrival.file(), seen.get());
      }
    } catch (PondException.Invalid e) {
      throw InboxAdvice.of(e);
    } catch (IOException e) {
      throw HostFailure.of("'" + arrival.label() + "' cannot be taken in", e);
    }
  }

  /** Answers what was seen of a file that is in afterwards; empty when it is passed over. */
  private Optional<InboxArchive.Seen> take(Arrival arrival) throws IOException {
    Path file = arrival.file();
    long size = Files.size(file);
    long mtime = Arrival.mtimeMillis(file);
    Optional<Entry> last =
        ledger
            .findNewest(arrival.label(), arrival.to())
            .filter(entry -> entry.sizeBytes() == size && entry.mtimeMillis() == mtime)
            .filter(Entry::isSettled);
    NewestFiles others = newestFiles(arrival);
    boolean isOlder = arrival.replaces() && others.hasNewerThan(arrival.label(), mtime);
    boolean isInPlace =
        last.isPresent() && (!arrival.replaces() || isOlder || isThere(last.get().hash(), arrival));
    if (isInPlace) {
      unchanged++;
      compareSettings(arrival, last);
      return Optional.of(new InboxArchive.Seen(last.get().hash(), size, mtime));
    }
    if (isOlder) {
      older++;
      return Optional.empty();
    }
    Path copy = run.scratch().resolve("inbox-file");
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    Optional<WholeLines> part = findPart(arrival, copy, mtime);
    if (part.isPresent() && !part.get().keep(copy)) {
      waiting.add(InboxWaiting.ofFile(arrival.label(), part.get()));
      return Optional.empty();
    }
    ContentHash hash = hash(copy);
    take(
        arrival,
        copy,
        new Entry(
            arrival.label(),
            Files.size(copy),
            mtime,
            hash,
            arrival.to(),
            run.clock().instant().toEpochMilli(),
            part.map(WholeLines::openLine).orElse(OptionalLong.empty()),
            Optional.of(arrival.source().settings())),
        part.isPresent());
    others.change();
    return part.isPresent()
        ? Optional.empty()
        : Optional.of(new InboxArchive.Seen(hash, size, mtime));
  }

  /** Takes a copy in, unless its content is in; tells once when more of it may follow. */
  private void take(Arrival arrival, Path copy, Entry entry, boolean isPart) throws IOException {
    boolean isNew = !isIn(arrival, entry.hash());
    boolean isTold = isNew;
    if (isNew) {
      Duplicates duplicates = duplicates(arrival, copy, entry.mtimeMillis());
      intake.take(arrival.source(), copy, entry, duplicates);
      if (duplicates != arrival.source().duplicates()) {
        run.warn(InboxWaiting.ofOvertaken(arrival.label(), arrival.to()));
      }
      taken++;
    } else {
      requireProgress(entry);
      unchanged++;
      Optional<Entry> known = findKnown(arrival);
      compareSettings(arrival, known);
      isTold =
          note(arrival, entry.with(known.flatMap(Entry::settings))) && entry.openLine().isPresent();
    }
    if (isPart && isTold) {
      run.tell(InboxWaiting.ofLines(arrival.label(), entry.openLine()));
    }
  }

  /**
   * Requires that a file which went on behind a quote that was open the last time has new lines. A
   * quote that is never closed would keep all that follows from being taken in, unseen.
   */
  private void requireProgress(Entry entry) {
    ledger
        .findNewest(entry.file(), entry.to())
        .filter(known -> known.hash().equals(entry.hash()))
        .filter(known -> known.mtimeMillis() != entry.mtimeMillis())
        .filter(known -> known.openLine().isPresent() && entry.openLine().isPresent())
        .ifPresent(_ -> {
          throw InboxWaiting.withoutProgress(entry.file(), entry.openLine().getAsLong());
        });
  }

  /**
   * Finds the whole lines of a file whose last line may be half of one, of which something might
   * stay: half a time or a name is another row or column beside that of the whole line, and half a
   * value may settle the type of its column.
   */
  private Optional<WholeLines> findPart(Arrival arrival, Path copy, long mtimeMillis)
      throws IOException {
    return Patience.lasts(mtimeMillis, run.clock().instant())
        ? findUnended(arrival, copy)
        : Optional.empty();
  }

  /** Finds the whole lines of a file that is waited for while it is new. */
  private static Optional<WholeLines> findUnended(Arrival arrival, Path copy) throws IOException {
    PondUrl format = arrival.source().format();
    if (arrival.replaces()
        || format.format() != PondUrl.Format.CSV
        || format.compression() != PondUrl.Compression.NONE) {
      return Optional.empty();
    }
    return Optional.of(WholeLines.of(copy, format)).filter(lines -> !lines.areAll());
  }

  /**
   * Answers what becomes of values that are there already. What came with newer files while the
   * last line of this one was waited for is not undone.
   */
  private Duplicates duplicates(Arrival arrival, Path copy, long mtimeMillis) throws IOException {
    Duplicates said = arrival.source().duplicates();
    boolean isOvertaken =
        said == Duplicates.LAST
            && !Patience.lasts(mtimeMillis, run.clock().instant())
            && newestFiles(arrival).haveOvertaken(arrival.label(), mtimeMillis)
            && findUnended(arrival, copy).isPresent();
    return isOvertaken ? Duplicates.FIRST : said;
  }

  /** Finds the line that says that a file's content is in. */
  private Optional<Entry> findKnown(Arrival arrival) {
    return arrival.replaces()
        ? ledger.findLast(arrival.to())
        : ledger.findNewest(arrival.label(), arrival.to());
  }

  /** Counts a file that is in as former settings read it. */
  private void compareSettings(Arrival arrival, Optional<Entry> known) {
    known
        .flatMap(Entry::settings)
        .filter(settings -> !settings.equals(arrival.source().settings()))
        .ifPresent(_ -> readOtherwise.add(arrival.label()));
  }

  private void warnOfSettings() {
    if (!readOtherwise.isEmpty()) {
      int files = readOtherwise.size();
      run.warn(
          "'"
              + readOtherwise.getFirst()
              + (files == 1 ? "' was" : "' and " + (files - 1) + " more were")
              + " read before the settings were changed; to take such files again, remove what they"
              + " became and this node, and make it anew");
    }
  }

  /** Tells whether a content is what its place has taken in last. */
  private boolean isThere(ContentHash hash, Arrival arrival) {
    return ledger.findLast(arrival.to()).filter(entry -> entry.hash().equals(hash)).isPresent();
  }

  /**
   * Tells whether a content is in: as the newest of the file, of another that had it before this
   * one came, or, where files replace each other, of its place.
   */
  private boolean isIn(Arrival arrival, ContentHash hash) {
    if (arrival.replaces()) {
      return isThere(hash, arrival);
    }
    return ledger
        .findNewest(arrival.label(), arrival.to())
        .map(entry -> entry.hash().equals(hash))
        .orElseGet(() -> ledger.has(hash, arrival.to()));
  }

  /**
   * Writes down what the ledger does not say yet of a file whose content is in.
   *
   * @return whether it did not
   */
  private boolean note(Arrival arrival, Entry entry) {
    boolean isKnown =
        ledger
            .findNewest(entry.file(), entry.to())
            .filter(known -> known.hash().equals(entry.hash()))
            .filter(known -> known.openLine().equals(entry.openLine()))
            .filter(known -> !arrival.replaces() || known.mtimeMillis() == entry.mtimeMillis())
            .isPresent();
    if (!isKnown) {
      intake.note(entry);
    }
    return !isKnown;
  }

  /** Answers the hash of the copy of a file, which itself may be changed meanwhile. */
  private static ContentHash hash(Path copy) throws IOException {
    MessageDigest digest = ContentHash.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(copy)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return ContentHash.finish(digest);
  }
}
