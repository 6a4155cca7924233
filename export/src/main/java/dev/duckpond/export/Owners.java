package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Knows which target each file of a directory belongs to, and who may take its place. */
final class Owners {
  private final ExportRequest request;
  private final ExportDirectory directory;
  private final Upkeep upkeep;
  private final Map<String, TargetKey> byPath;
  private final Map<TargetKey, String> pipelines = new HashMap<>();

  /**
   * Learns it.
   *
   * @param before what earlier runs left
   * @param journaled what an interrupted run was about to publish
   * @param upkeep which targets this run looks after
   */
  Owners(
      ExportRequest request,
      ExportDirectory directory,
      Manifest before,
      List<ExportJournal.Entry> journaled,
      Upkeep upkeep) {
    this.request = request;
    this.directory = directory;
    this.upkeep = upkeep;
    this.byPath = new HashMap<>(before.owners());
    before.targets().forEach(target -> pipelines.put(target.key(), target.pipeline()));
    for (ExportJournal.Entry entry : journaled) {
      byPath.putIfAbsent(entry.file().path(), entry.key());
      pipelines.putIfAbsent(entry.key(), entry.pipeline());
    }
  }

  /**
   * Checks that a target may write a file.
   *
   * @throws PondException.Conflict when something is there that no export of this source wrote, and
   *     the request does not say to replace it, or a link or a file is on the way
   */
  void requireFree(TargetKey key, String path) {
    directory.requireSafe(path);
    if (!directory.isTaken(path) || request.has(ExportRequest.Option.OVERWRITE)) {
      return;
    }
    TargetKey owner = byPath.get(path);
    if (owner == null) {
      throw new PondException.Conflict(
          "'" + directory.resolve(path) + "' is in the way",
          "it is not a file that an export wrote",
          "Move it, or replace it with --overwrite.");
    }
    boolean isSameSource = owner.pond().equals(key.pond()) && owner.path().equals(key.path());
    if (!isSameSource && !isOurs(key, owner)) {
      throw new PondException.Conflict(
          "'" + directory.resolve(path) + "' is in the way",
          "an export of '" + owner.path() + "' by '" + owner.pattern() + "' wrote it",
          "Export to another directory, or replace it with --overwrite.");
    }
  }

  /**
   * Finds what is in the way of a target, as much as is known before its partitions are. What the
   * run itself may take away first is passed over.
   */
  Optional<PondException.Conflict> findConflict(ExportTarget target) {
    boolean isOneFile = target.relation().isEmpty();
    String path = isOneFile ? target.placeText() : target.placeText() + "/" + Claims.FILE_NAME;
    if (isOneFile || !request.isPartitioned()) {
      return findConflict(target.key(), path);
    }
    return find(target.key(), path, () -> directory.requireSafe(path));
  }

  /** Finds what is in the way of a file; what the run itself may take away first is passed over. */
  Optional<PondException.Conflict> findConflict(TargetKey key, String path) {
    return find(key, path, () -> requireFree(key, path));
  }

  private Optional<PondException.Conflict> find(TargetKey key, String path, Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (PondException.Conflict e) {
      return ownInTheWay(key, path).isEmpty() ? Optional.of(e) : Optional.empty();
    }
  }

  /**
   * Lists the run's own files, of targets that it no longer has, that have to go before a file can
   * take its place: one where a directory is needed, or all that lies in a directory of its name.
   * None when something else is there too.
   */
  List<String> ownInTheWay(TargetKey key, String path) {
    List<String> there = inTheWay(path);
    return there.stream().allMatch(each -> mayGo(key, each)) ? there : List.of();
  }

  private List<String> inTheWay(String path) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      String above = path.substring(0, slash);
      if (!Files.isDirectory(directory.resolve(above), LinkOption.NOFOLLOW_LINKS)) {
        return directory.isTaken(above) ? List.of(above) : List.of();
      }
    }
    Path place = directory.resolve(path);
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try {
      return files(place);
    } catch (IOException e) {
      throw ExportErrors.of("'" + place + "' cannot be looked at", e);
    }
  }

  /** Lists all that is no directory below a directory. */
  private List<String> files(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
          .map(each -> directory.root().relativize(each).toString())
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean mayGo(TargetKey key, String path) {
    TargetKey owner = byPath.get(path);
    return owner != null && isOurs(key, owner) && !upkeep.targets().contains(owner);
  }

  /** Tells whether anything that no export wrote lies below the place of a target. */
  boolean hasOthersBelow(ExportTarget target) throws IOException {
    Path place = directory.resolve(target.placeText());
    if (!Files.isDirectory(place)) {
      return false;
    }
    return files(place).stream().anyMatch(each -> !byPath.containsKey(each));
  }

  private boolean isOurs(TargetKey key, TargetKey owner) {
    return owner.pond().equals(key.pond())
        && upkeep.isOurs(owner, pipelines.getOrDefault(owner, ""));
  }

  /** Gives files to a target; answers those that had some of them. */
  Set<TargetKey> give(TargetKey key, Set<String> paths) {
    Set<TargetKey> losers = new HashSet<>();
    for (String path : paths) {
      TargetKey owner = byPath.put(path, key);
      if (owner != null && !owner.equals(key)) {
        losers.add(owner);
      }
    }
    return losers;
  }
}
