package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Becomes;
import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.collect.LedgerFile.Entry;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of an inbox over all files. */
final class InboxRun {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SHORT_HASH_CHARS = 8;

  /**
   * A file that is there for one of the sources.
   *
   * @param to where in the pond it goes
   * @param mtimeMillis as it was listed
   */
  private record Arrival(Source source, Path file, String to, long mtimeMillis) {
    String label() {
      return file.toString();
    }

    /** Tells whether it takes the place of others, instead of adding to them. */
    boolean replaces() {
      return source.becomes() != Becomes.SERIES;
    }
  }

  /** What was seen of a file that is in. */
  private record Seen(ContentHash hash, long sizeBytes, long mtimeMillis) {}

  private final CollectSite run;
  private final InboxConfig config;
  private final InboxLedger ledger;
  private final InboxIntake intake;
  private final Map<String, NewestFiles> newest = new HashMap<>();
  private final List<String> readOtherwise = new ArrayList<>();
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
    List<Arrival> arrivals = new ArrayList<>();
    for (Source source : config.sources()) {
      arrivals.addAll(list(source, failures));
    }
    Map<Path, Integer> left = new HashMap<>();
    for (Arrival arrival : arrivals) {
      left.merge(arrival.file(), 1, Integer::sum);
      newestFiles(arrival).see(arrival.label(), arrival.mtimeMillis());
    }
    for (Arrival arrival : arrivals) {
      failures.attempt(arrival.label(), () -> take(arrival, left));
    }
    warnOfSettings();
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

  /** Lists the files of a source by path; those that replace others by age, the newest last. */
  private static List<Arrival> list(Source source, Failures failures) {
    List<Arrival> arrivals = new ArrayList<>();
    for (HostGlob.Match match : failures.list(source.glob())) {
      try {
        arrivals.add(arrival(source, match));
      } catch (PondException e) {
        failures.attempt(
            match.file().toString(),
            () -> {
              throw e;
            });
      }
    }
    if (source.becomes() != Becomes.SERIES) {
      arrivals.sort(Comparator.comparingLong(Arrival::mtimeMillis).thenComparing(Arrival::label));
    }
    return arrivals;
  }

  private static Arrival arrival(Source source, HostGlob.Match match) {
    PondPath to = PondPath.of(source.to().expand(match.captures()));
    try {
      return new Arrival(source, match.file(), to.toString(), mtimeMillis(match.file()));
    } catch (IOException e) {
      throw HostFailure.of("'" + match.file() + "' cannot be taken in", e);
    }
  }

  /**
   * Takes a file in for one source.
   *
   * @param left how many sources it is still to be taken in for; one that fails stays among them
   */
  private void take(Arrival arrival, Map<Path, Integer> left) {
    try {
      Optional<Seen> seen = take(arrival);
      if (seen.isPresent() && left.merge(arrival.file(), -1, Integer::sum) == 0) {
        archive(arrival.file(), seen.get());
      }
    } catch (PondException.Invalid e) {
      throw InboxAdvice.of(e);
    } catch (IOException e) {
      throw HostFailure.of("'" + arrival.label() + "' cannot be taken in", e);
    }
  }

  /** Answers what was seen of a file that is in afterwards; empty when it is passed over. */
  private Optional<Seen> take(Arrival arrival) throws IOException {
    Path file = arrival.file();
    long size = Files.size(file);
    long mtime = mtimeMillis(file);
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
      return Optional.of(new Seen(last.get().hash(), size, mtime));
    }
    if (isOlder) {
      older++;
      return Optional.empty();
    }
    Path copy = run.scratch().resolve("inbox-file");
    ContentHash hash = copy(file, copy);
    Entry entry =
        new Entry(
            arrival.label(),
            Files.size(copy),
            mtime,
            hash,
            arrival.to(),
            run.clock().instant().toEpochMilli(),
            Optional.of(arrival.source().settings()));
    if (isIn(arrival, hash)) {
      unchanged++;
      Optional<Entry> known = findKnown(arrival);
      compareSettings(arrival, known);
      note(arrival, entry.with(known.flatMap(Entry::settings)));
    } else {
      intake.take(arrival.source(), copy, entry);
      taken++;
    }
    others.change();
    return Optional.of(new Seen(hash, size, mtime));
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

  /** Writes down what the ledger does not say yet of a file whose content is in. */
  private void note(Arrival arrival, Entry entry) {
    boolean isKnown =
        ledger
            .findNewest(entry.file(), entry.to())
            .filter(known -> known.hash().equals(entry.hash()))
            .filter(known -> !arrival.replaces() || known.mtimeMillis() == entry.mtimeMillis())
            .isPresent();
    if (!isKnown) {
      intake.note(entry);
    }
  }

  private static long mtimeMillis(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }

  /** Copies a file, which may be changed meanwhile, and answers the hash of the copy. */
  private static ContentHash copy(Path file, Path copy) throws IOException {
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    MessageDigest digest = ContentHash.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(copy)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return ContentHash.finish(digest);
  }

  /** Moves a file that is in out of the inbox, when that is wanted. */
  private void archive(Path file, Seen seen) throws IOException {
    boolean isAsTaken =
        Files.exists(file)
            && Files.size(file) == seen.sizeBytes()
            && mtimeMillis(file) == seen.mtimeMillis();
    if (config.archiveTo().isEmpty() || !isAsTaken) {
      return;
    }
    Path directory = Files.createDirectories(config.archiveTo().get());
    String name = String.valueOf(file.getFileName());
    String hash = seen.hash().hex();
    for (String free : List.of(name, hash.substring(0, SHORT_HASH_CHARS) + "-" + name)) {
      if (!Files.exists(directory.resolve(free))) {
        Files.move(file, directory.resolve(free));
        return;
      }
    }
    // What is there has the same content.
    Files.move(file, directory.resolve(hash + "-" + name), StandardCopyOption.REPLACE_EXISTING);
  }
}
