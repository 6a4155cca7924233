package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings staged files to their places, and takes away those that no longer belong.
 *
 * <p>A target is published when all its files are staged: they are named in the journal first, then
 * renamed one after the other. The manifest follows at the end of the run. A stop at any instant
 * leaves at every place the old file or the new one, and the next run knows both for its own.
 */
final class Publication {
  private final ExportRequest request;
  private final ExportDirectory directory;
  private final FileOperations files;
  private final ExportJournal journal;
  private final Manifest before;
  private final Manifest after;
  private final Owners owners;
  private final Set<String> planned = new HashSet<>();
  private final Upkeep upkeep;
  private final FileRemoval removal;
  private final Residents residents;
  private boolean isJournalNeeded;

  /**
   * Prepares.
   *
   * @param before what earlier runs left
   * @param journaled what an interrupted run was about to publish
   * @param upkeep which targets this run looks after
   */
  Publication(
      ExportRequest request,
      ExportDirectory directory,
      FileOperations files,
      Manifest before,
      List<ExportJournal.Entry> journaled,
      Upkeep upkeep) {
    this.request = request;
    this.directory = directory;
    this.files = files;
    this.journal = new ExportJournal(directory, files);
    this.before = before;
    this.after = before.copy();
    this.owners = new Owners(request, directory, before, journaled, upkeep);
    this.upkeep = upkeep;
    this.removal = new FileRemoval(directory, files);
    this.residents = new Residents(request, directory, before, upkeep);
  }

  Manifest after() {
    return after;
  }

  /** Lists the files that were removed, or would be, by path. */
  Set<String> removed() {
    return removal.removed();
  }

  /**
   * Checks that every file of the plans can take its place.
   *
   * @throws PondException.Conflict naming all that is there and was not written by an export of the
   *     same source, unless the request says to replace it, and links and files on the way
   */
  void check(List<TargetPlan> plans) {
    Map<TargetKey, PondException.Conflict> taken =
        residents.conflicts(plans.stream().map(TargetPlan::target).toList());
    Obstacles obstacles = new Obstacles();
    taken.values().forEach(obstacles::add);
    for (TargetPlan plan : plans) {
      TargetKey key = plan.target().key();
      for (PlannedFile file : plan.files()) {
        planned.add(file.path());
        if (file.kept().isEmpty() && !taken.containsKey(key)) {
          owners.findConflict(key, file.path()).ifPresent(obstacles::add);
        }
      }
    }
    obstacles.requireNone();
  }

  /**
   * Publishes a target; answers its files, and which of them were written. What other patterns left
   * of the same source at its place is removed, for its rows would be there twice.
   */
  Published publish(TargetPlan plan, List<StagedFile> staged) throws IOException {
    return publishTogether(List.of(new Staged(plan, staged))).getFirst();
  }

  /** What is ready to be published of one target. */
  record Staged(TargetPlan plan, List<StagedFile> files) {
    Staged {
      files = List.copyOf(files);
    }
  }

  /** Publishes targets as {@link #publish} does, with one journal and one wait for the disk. */
  List<Published> publishTogether(List<Staged> all) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Staged staged : all) {
      steps.add(step(staged));
    }
    boolean isDone = false;
    try {
      rename(steps);
      for (Step step : steps) {
        ExportTarget target = step.plan().target();
        removeStale(step.last().values(), step.files().keySet());
        for (ManifestTarget old : residents.at(target)) {
          removeStale(old.files(), step.files().keySet());
        }
      }
      isDone = true;
    } finally {
      if (!isDone) {
        steps.forEach(step -> keepPart(step.plan().target(), step.last(), step.renamed()));
      }
    }
    return steps.stream().map(this::note).toList();
  }

  /**
   * A target on its way to its place.
   *
   * @param files all that it will have, by path
   * @param last what it had
   * @param changed what is to be renamed
   * @param renamed to which each is added as soon as it is in its place
   */
  private record Step(
      TargetPlan plan,
      Map<String, ExportedFile> files,
      Map<String, ExportedFile> last,
      List<StagedFile> changed,
      List<ExportedFile> renamed) {}

  private Step step(Staged staged) throws IOException {
    TargetKey key = staged.plan().target().key();
    Map<String, ExportedFile> all = new HashMap<>();
    staged
        .plan()
        .files()
        .forEach(file -> file.kept().ifPresent(kept -> all.put(file.path(), kept)));
    List<StagedFile> changed = new ArrayList<>();
    Map<String, ExportedFile> last = last(key);
    for (StagedFile file : staged.files()) {
      all.put(file.file().path(), file.file());
      if (isInPlace(last.get(file.file().path()), file.file())) {
        files.delete(file.place());
      } else {
        changed.add(file);
      }
    }
    for (StagedFile file : changed) {
      Optional<PondException.Conflict> conflict = owners.findConflict(key, file.file().path());
      if (conflict.isPresent()) {
        throw conflict.get();
      }
    }
    return new Step(staged.plan(), all, last, changed, new ArrayList<>());
  }

  /** Tells whether the one file of a target is in place with some content already. */
  boolean isInPlace(TargetKey key, ExportedFile file) throws IOException {
    return isInPlace(last(key).get(file.path()), file);
  }

  private Published note(Step step) {
    TargetPlan plan = step.plan();
    TargetKey key = plan.target().key();
    List<ExportedFile> all =
        plan.files().stream().map(file -> require(step.files(), file.path())).toList();
    after.put(
        new ManifestTarget(
            key,
            plan.target().placeText(),
            plan.target().captures().texts(),
            mark(key, !step.changed().isEmpty()),
            plan.fingerprint(),
            all));
    residents.at(plan.target()).forEach(old -> after.remove(old.key()));
    disown(key, step.files().keySet());
    Set<String> written = new LinkedHashSet<>();
    step.changed().forEach(file -> written.add(file.file().path()));
    return new Published(all, written);
  }

  /**
   * Notes what a target has in the directory when its publication broke off: what was there before,
   * and in its place what was renamed. The journal stays, for a file whose rename is not certain.
   */
  private void keepPart(
      ExportTarget target, Map<String, ExportedFile> last, List<ExportedFile> renamed) {
    isJournalNeeded = true;
    Map<String, ExportedFile> there = new TreeMap<>(last);
    renamed.forEach(file -> there.put(file.path(), file));
    if (!there.isEmpty()) {
      after.put(
          new ManifestTarget(
              target.key(),
              target.placeText(),
              target.captures().texts(),
              mark(target.key(), !renamed.isEmpty()),
              Fingerprint.UNKNOWN,
              List.copyOf(there.values())));
      disown(target.key(), there.keySet());
    }
  }

  /** What a target has in the directory, and which of it is new. */
  record Published(List<ExportedFile> files, Set<String> written) {}

  private static ExportedFile require(Map<String, ExportedFile> files, String path) {
    return Optional.ofNullable(files.get(path))
        .orElseThrow(() -> new IllegalStateException("not staged: " + path));
  }

  private Map<String, ExportedFile> last(TargetKey key) {
    Map<String, ExportedFile> files = new HashMap<>();
    before.find(key).ifPresent(old -> old.files().forEach(file -> files.put(file.path(), file)));
    return files;
  }

  /**
   * Answers the pipeline of a target. Data that another was the first to export stays with that, so
   * both can have it; a page or an answer is of whoever wrote it last.
   */
  private String mark(TargetKey key, boolean isWritten) {
    return isWritten && key.isMade()
        ? upkeep.mark()
        : before.find(key).map(ManifestTarget::pipeline).orElse(upkeep.mark());
  }

  private boolean isInPlace(@Nullable ExportedFile last, ExportedFile staged) throws IOException {
    return last != null
        && last.sameContent(staged)
        && directory.holds(last)
        && (!request.has(ExportRequest.Option.FULL)
            || StagingArea.hash(directory.resolve(last.path())).equals(last.hash()));
  }

  /** Renames the files of all steps to their places. */
  private void rename(List<Step> steps) throws IOException {
    List<ExportJournal.Entry> entries = new ArrayList<>();
    for (Step step : steps) {
      ExportTarget target = step.plan().target();
      for (StagedFile file : step.changed()) {
        entries.add(
            new ExportJournal.Entry(
                target.key(),
                target.placeText(),
                target.captures().texts(),
                mark(target.key(), true),
                file.file()));
      }
    }
    if (entries.isEmpty()) {
      return;
    }
    makeRoom(steps);
    journal.add(entries);
    Set<Path> parents = new LinkedHashSet<>();
    Set<Path> touched = new LinkedHashSet<>();
    for (Step step : steps) {
      for (StagedFile file : step.changed()) {
        Path parent = directory.parent(file.file().path());
        if (parents.add(parent)) {
          touched.addAll(files.makeDirectories(parent));
        }
        files.rename(file.place(), directory.resolve(file.file().path()));
        step.renamed().add(file.file());
      }
    }
    touched.addAll(parents);
    files.syncDirectories(touched);
  }

  /** A file cannot be renamed to where a directory is, nor below another file. */
  private void makeRoom(List<Step> steps) throws IOException {
    for (Step step : steps) {
      TargetKey key = step.plan().target().key();
      for (StagedFile file : step.changed()) {
        List<String> own = owners.ownInTheWay(key, file.file().path());
        for (String path : own) {
          removal.remove(path);
        }
        disown(key, Set.copyOf(own));
      }
    }
  }

  /** Takes files that have a new owner away from the lists of others. */
  private void disown(TargetKey key, Set<String> paths) {
    for (TargetKey loser : owners.give(key, paths)) {
      after
          .find(loser)
          .ifPresent(old ->
              after.put(
                  new ManifestTarget(
                      loser,
                      old.place(),
                      old.captures(),
                      old.pipeline(),
                      Fingerprint.UNKNOWN,
                      old.files().stream().filter(file -> !paths.contains(file.path())).toList())));
    }
  }

  /** A file that is not what was written stays: somebody else may have put it there. */
  private void removeStale(Collection<ExportedFile> old, Set<String> now) throws IOException {
    for (ExportedFile file : old) {
      if (!now.contains(file.path()) && !planned.contains(file.path()) && isOurs(file)) {
        removal.remove(file.path());
      }
    }
  }

  /**
   * Removes what targets left that are over.
   *
   * @param reached what the run looks after now that its end is known
   */
  void removeVanished(Set<TargetKey> matched, String pond, Upkeep reached) throws IOException {
    for (ManifestTarget old : vanished(matched, pond, reached)) {
      removeStale(old.files(), Set.of());
      after.remove(old.key());
    }
  }

  /** One that is gone may have left directories behind, when a run was stopped. */
  private boolean isOurs(ExportedFile file) throws IOException {
    return !directory.isTaken(file.path())
        || (directory.holds(file)
            && StagingArea.hash(directory.resolve(file.path())).equals(file.hash()));
  }

  private List<ManifestTarget> vanished(Set<TargetKey> matched, String pond, Upkeep reached) {
    return after.targets().stream()
        .filter(target ->
            target.key().pond().equals(pond)
                && reached.isOver(target)
                && !matched.contains(target.key()))
        .toList();
  }

  /** Notes what would be removed. */
  void planRemovals(List<TargetPlan> plans, Set<TargetKey> matched, String pond)
      throws IOException {
    List<ExportedFile> old = new ArrayList<>();
    for (TargetPlan plan : plans) {
      old.addAll(last(plan.target().key()).values());
      residents.at(plan.target()).forEach(target -> old.addAll(target.files()));
    }
    for (ManifestTarget target : vanished(matched, pond, upkeep)) {
      for (ExportedFile file : target.files()) {
        if (isOurs(file)) {
          old.add(file);
        }
      }
    }
    for (ExportedFile file : old) {
      if (!planned.contains(file.path()) && directory.isTaken(file.path())) {
        removal.plan(file.path());
      }
    }
  }

  /**
   * Replaces the manifest when it says something new, and ends the journal, unless a target broke
   * off on the way to its places.
   */
  void finish(String manifestOnDisk) throws IOException {
    String text = ManifestJson.text(after);
    if (!text.equals(manifestOnDisk)) {
      files.write(directory.newManifest(), text);
      files.rename(directory.newManifest(), directory.manifest());
      files.syncDirectories(List.of(directory.root()));
    }
    if (!isJournalNeeded) {
      journal.clear();
    }
  }
}
