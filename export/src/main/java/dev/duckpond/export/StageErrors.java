package dev.duckpond.export;

import dev.duckpond.tinyfs.PondException;

/** Says which stage of a pipeline failed. */
final class StageErrors {
  private StageErrors() {}

  /**
   * Answers the same error with the name of the stage.
   *
   * @param isAfterOthers whether stages before it are done, so that part of the pipeline is
   */
  static PondException named(String stage, PondException e, boolean isAfterOthers) {
    if (stage.isEmpty()) {
      return e;
    }
    String problem = "the stage '" + stage + "' failed";
    String reason = e.problem() + (e.reason().isEmpty() ? "" : ": " + e.reason());
    String remedy = e.remedy();
    return switch (e) {
      case PondException.NoSpace _ -> new PondException.NoSpace(problem, reason, remedy, e);
      case PondException.Locked _ -> new PondException.Locked(problem, reason, remedy);
      case PondException.PartlyDone _ -> new PondException.PartlyDone(problem, reason, remedy);
      case PondException.Invalid _ when !isAfterOthers ->
          new PondException.Invalid(problem, reason, remedy, e);
      case PondException.Usage _ when !isAfterOthers ->
          new PondException.Usage(problem, reason, remedy);
      case PondException.NotFound _ when !isAfterOthers ->
          new PondException.NotFound(problem, reason, remedy);
      case PondException.Conflict _ when !isAfterOthers ->
          new PondException.Conflict(problem, reason, remedy);
      case PondException.Corrupt _ when !isAfterOthers ->
          new PondException.Corrupt(problem, reason, remedy, e);
      case PondException.Failed _ when !isAfterOthers ->
          new PondException.Failed(problem, reason, remedy, e);
      case PondException.Invalid _,
          PondException.Usage _,
          PondException.NotFound _,
          PondException.Conflict _,
          PondException.Corrupt _,
          PondException.Failed _ ->
          new PondException.PartlyDone(problem, reason, remedy);
    };
  }
}
