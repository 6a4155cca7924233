package dev.duckpond.export;

import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks, before any stage of a pipeline runs, for what is in the way of them. */
final class PlaceCheck {
  private final ExportDirectory directory;
  private final FileOperations files;
  private final PondTree tree;
  private final QuerySession session;

  PlaceCheck(ExportDirectory directory, FileOperations files, PondTree tree, QuerySession session) {
    this.directory = directory;
    this.files = files;
    this.tree = tree;
    this.session = session;
  }

  /**
   * Checks the places of all stages. What the run itself may take away before it is passed over.
   *
   * @param upkeep answers which targets a stage looks after
   * @throws PondException.Conflict naming all that is in the way
   */
  void requireFree(List<StagePlan> plans, Function<StagePlan, Upkeep> upkeep) {
    if (!Files.isDirectory(directory.root())) {
      return;
    }
    try {
      Recovery recovery = Recovery.of(directory, new ExportJournal(directory, files));
      Obstacles obstacles = new Obstacles();
      for (StagePlan each : plans) {
        find(each, upkeep.apply(each), recovery)
            .forEach(conflict -> obstacles.add(each.stage().name(), conflict));
      }
      obstacles.requireNone();
    } catch (IOException e) {
      throw ExportErrors.of("the export to '" + directory.root() + "' failed", e);
    }
  }

  private List<PondException.Conflict> find(StagePlan stage, Upkeep upkeep, Recovery recovery)
      throws IOException {
    ExportRequest request = stage.request();
    Manifest before = recovery.manifest();
    Owners owners = new Owners(request, directory, before, recovery.journaled(), upkeep);
    Planner planner = new Planner(request, directory, session, tree, before);
    Map<TargetKey, PondException.Conflict> taken =
        new Residents(request, directory, before, upkeep).conflicts(stage.targets());
    List<PondException.Conflict> found = new ArrayList<>(taken.values());
    for (ExportTarget target : stage.targets()) {
      if (!taken.containsKey(target.key())) {
        Optional<PondException.Conflict> place = owners.findConflict(target);
        place.ifPresent(found::add);
        if (place.isEmpty() && isCut(request, target) && owners.hasOthersBelow(target)) {
          found.addAll(among(owners, planner, target));
        }
      }
    }
    return found;
  }

  private static boolean isCut(ExportRequest request, ExportTarget target) {
    return target.relation().isPresent() && request.isPartitioned();
  }

  /** Somebody's file may lie beside the partitions, or have the place of one. */
  private static List<PondException.Conflict> among(
      Owners owners, Planner planner, ExportTarget target) {
    return plan(planner, target).stream()
        .flatMap(plan -> plan.files().stream())
        .filter(file -> file.kept().isEmpty())
        .flatMap(file -> owners.findConflict(target.key(), file.path()).stream())
        .toList();
  }

  /** A target that cannot be planned is told of when its stage runs, and keeps no other from it. */
  private static Optional<TargetPlan> plan(Planner planner, ExportTarget target) {
    try {
      return Optional.of(planner.plan(target));
    } catch (PondException e) {
      return Optional.empty();
    }
  }
}
