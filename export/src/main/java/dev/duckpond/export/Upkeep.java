package dev.duckpond.export;

import java.util.Set;

/**
 * Says which targets of earlier exports a stage looks after: whose places it may take, and which go
 * when they no longer belong.
 *
 * @param pipeline stands in manifests for the pipeline that the stage is of; empty when there is
 *     none that could be known again
 * @param mark what the manifest keeps with the targets of the stage: the pipeline, or nothing when
 *     not the pipeline says what they are
 * @param stage patterns of the stage
 * @param run patterns of all stages of the run
 * @param targets what all stages of the run export
 * @param reach what goes
 */
record Upkeep(
    String pipeline,
    String mark,
    Set<String> stage,
    Set<String> run,
    Set<TargetKey> targets,
    Reach reach) {
  /** What goes when a stage has done its work. */
  enum Reach {
    /**
     * Nothing but data that the patterns of the stage no longer match: a page that failed may be
     * one of those that are missing.
     */
    DATA,
    /** What its own patterns no longer match. */
    STAGE,
    /** And what the pipeline left by patterns that it no longer has. */
    PIPELINE
  }

  Upkeep {
    stage = Set.copyOf(stage);
    run = Set.copyOf(run);
    targets = Set.copyOf(targets);
  }

  /** Answers the same for a stage with which something went wrong. */
  Upkeep ofData() {
    return new Upkeep(pipeline, mark, stage, run, targets, Reach.DATA);
  }

  /**
   * Tells whether the run looks after a target of its pond.
   *
   * @param marked the pipeline that the manifest keeps with it
   */
  boolean isOurs(TargetKey old, String marked) {
    return isMatched(old) || isOfPipeline(marked);
  }

  /** Tells whether a target that nothing matches any more is to go. */
  boolean isOver(ManifestTarget old) {
    return (stage.contains(old.key().pattern()) && !isKept(old)) || isLeft(old);
  }

  /**
   * Tells whether a target stays though the stage does not export it. Several stages, and pipelines
   * that know nothing of each other, may have specifications of one name; which nodes match a
   * pattern of paths is the same for all of them.
   */
  private boolean isKept(ManifestTarget old) {
    boolean isOfAnother = !old.pipeline().isEmpty() && !isOfPipeline(old.pipeline());
    return targets.contains(old.key())
        || (old.key().isMade() && (reach == Reach.DATA || isOfAnother));
  }

  /** Tells whether a target is of a pattern that the run has. */
  boolean isMatched(TargetKey old) {
    return run.contains(old.pattern());
  }

  /** Tells whether the pipeline left a target by a pattern that it no longer has. */
  boolean isLeft(ManifestTarget old) {
    return reach == Reach.PIPELINE
        && !run.contains(old.key().pattern())
        && isOfPipeline(old.pipeline());
  }

  private boolean isOfPipeline(String marked) {
    return !pipeline.isEmpty() && pipeline.equals(marked);
  }
}
