package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Knows what targets of other patterns left in earlier exports, and where. One thread only. */
final class Residents {
  private final ExportRequest request;
  private final ExportDirectory directory;
  private final Upkeep upkeep;
  private final Map<String, List<ManifestTarget>> byPlace = new HashMap<>();

  Residents(ExportRequest request, ExportDirectory directory, Manifest before, Upkeep upkeep) {
    this.request = request;
    this.directory = directory;
    this.upkeep = upkeep;
    for (ManifestTarget target : before.targets()) {
      if (!target.files().isEmpty()) {
        byPlace.computeIfAbsent(target.place(), place -> new ArrayList<>()).add(target);
      }
    }
  }

  /**
   * Lists what has to go when a target is published: all that other patterns left at exactly its
   * place.
   */
  List<ManifestTarget> at(ExportTarget target) {
    return byPlace.getOrDefault(target.placeText(), List.of()).stream()
        .filter(old -> !isOfPond(target, old) || !upkeep.isMatched(old.key()))
        .toList();
  }

  private List<ManifestTarget> others(ExportTarget target, String place) {
    return byPlace.getOrDefault(place, List.of()).stream()
        .filter(old -> !isInThisRun(target, old))
        .toList();
  }

  /** Tells whether a target is looked after by the request itself. */
  private boolean isInThisRun(ExportTarget target, ManifestTarget old) {
    return isOfPond(target, old) && upkeep.isOurs(old.key(), old.pipeline());
  }

  private static boolean isOfPond(ExportTarget target, ManifestTarget old) {
    return old.key().pond().equals(target.key().pond());
  }

  /**
   * Finds targets that would get among the files of others: whose places are those of another
   * source, or one within the other. None when the request says to replace them.
   */
  Map<TargetKey, PondException.Conflict> conflicts(List<ExportTarget> targets) {
    Map<TargetKey, PondException.Conflict> found = new LinkedHashMap<>();
    if (request.has(ExportRequest.Option.OVERWRITE)) {
      return found;
    }
    Map<String, ExportTarget> claimed = new HashMap<>();
    for (ExportTarget target : targets) {
      claimed.put(target.placeText(), target);
      Stream.concat(at(target).stream().filter(old -> !isOwn(target, old)), above(target))
          .findFirst()
          .ifPresent(old -> found.put(target.key(), conflict(old, target)));
    }
    byPlace
        .values()
        .forEach(all ->
            all.forEach(old ->
                findAround(old, claimed)
                    .ifPresent(target -> found.putIfAbsent(target.key(), conflict(old, target)))));
    return found;
  }

  private boolean isOwn(ExportTarget target, ManifestTarget old) {
    boolean isSameSource =
        old.key().pond().equals(target.key().pond())
            && old.key().path().equals(target.key().path());
    return isSameSource || isInThisRun(target, old);
  }

  /** Lists what lies above the place of a target, and has files where the target begins. */
  private Stream<ManifestTarget> above(ExportTarget target) {
    List<ManifestTarget> found = new ArrayList<>();
    String place = target.placeText();
    for (int slash = place.lastIndexOf('/'); slash > 0; slash = place.lastIndexOf('/', slash - 1)) {
      String next = firstName(place.substring(slash + 1));
      for (ManifestTarget old : others(target, place.substring(0, slash))) {
        if (old.files().stream().anyMatch(file -> isBeside(next, old, file))) {
          found.add(old);
        }
      }
    }
    return found.stream();
  }

  /** Tells whether a name stands directly below a place like the partitions of a file there. */
  private static boolean isBeside(String name, ManifestTarget old, ExportedFile file) {
    if (!file.path().startsWith(old.place() + "/")) {
      return true;
    }
    String first = firstName(file.path().substring(old.place().length() + 1));
    int equals = first.indexOf('=');
    return equals < 0 ? name.equals(first) : name.startsWith(first.substring(0, equals + 1));
  }

  /** Finds a target that is to be written above the place of an old one, and meets it. */
  private Optional<ExportTarget> findAround(ManifestTarget old, Map<String, ExportTarget> claimed) {
    String place = old.place();
    for (int slash = place.lastIndexOf('/'); slash > 0; slash = place.lastIndexOf('/', slash - 1)) {
      ExportTarget target = claimed.get(place.substring(0, slash));
      if (target != null
          && !isInThisRun(target, old)
          && (target.relation().isEmpty()
              || Claims.isPartition(request, firstName(place.substring(slash + 1))))) {
        return Optional.of(target);
      }
    }
    return Optional.empty();
  }

  private static String firstName(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  private PondException.Conflict conflict(ManifestTarget old, ExportTarget target) {
    return new PondException.Conflict(
        "'"
            + target.label()
            + "' cannot be exported to '"
            + directory.resolve(target.placeText())
            + "'",
        "an export of '"
            + old.key().path()
            + "' by '"
            + old.key().pattern()
            + "' wrote it"
            + (old.place().equals(target.placeText()) ? "" : " at '" + old.place() + "'"),
        "Export to another directory, or replace it with --overwrite.");
  }
}
