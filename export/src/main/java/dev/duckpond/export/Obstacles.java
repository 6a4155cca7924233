package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is in the way of an export, so that all of it is told at once. */
final class Obstacles {
  /** More than these are counted and not shown. */
  private static final int MAX_SHOWN = 20;

  private record Obstacle(String stage, PondException.Conflict conflict) {
    PondException.Conflict asError() {
      return stage.isEmpty()
          ? conflict
          : new PondException.Conflict(
              "the stage '" + stage + "' cannot be run", words(), conflict.remedy());
    }

    String line() {
      return "\n"
          + (stage.isEmpty() ? "" : "the stage '" + stage + "': ")
          + words()
          + ". "
          + conflict.remedy();
    }

    private String words() {
      String reason = conflict.reason();
      return conflict.problem() + (reason.isEmpty() ? "" : ": " + reason);
    }
  }

  private final List<Obstacle> all = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  /** Adds what is in the way of an export without stages. */
  void add(PondException.Conflict conflict) {
    add("", conflict);
  }

  /** Adds what is in the way of a stage, which may have no name. */
  void add(String stage, PondException.Conflict conflict) {
    Obstacle obstacle = new Obstacle(stage, conflict);
    // One link is in the way of all that would go below it.
    if (told.add(obstacle.line())) {
      all.add(obstacle);
    }
  }

  /**
   * Makes sure that there is nothing.
   *
   * @throws PondException.Conflict naming all of it
   */
  void requireNone() {
    if (all.size() == 1) {
      throw all.getFirst().asError();
    }
    if (!all.isEmpty()) {
      throw new PondException.Conflict(
          "the export cannot be run: "
              + all.size()
              + " places are taken"
              + all.stream().limit(MAX_SHOWN).map(Obstacle::line).collect(Collectors.joining()),
          "",
          all.size() > MAX_SHOWN ? "Make room for these first; there are more." : "");
    }
  }
}
