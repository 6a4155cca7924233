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
 * @param reach what goes
 */
record Upkeep(String pipeline, String mark, Set<String> stage, Set<String> run, Reach reach) {
  /**
   * Of the two hashes that an id is made of: the place of a pipeline, and what it was given too.
   */
  static final int HALF_ID_CHARS = 16;

  /** What goes when a stage has done its work. */
  enum Reach {
    /** What its own patterns no longer match. */
    STAGE,
    /** And what the pipeline left by patterns that it no longer has. */
    PIPELINE
  }

  Upkeep {
    stage = Set.copyOf(stage);
    run = Set.copyOf(run);
  }

  /** Answers what stands for a pipeline. */
  static String id(String placeHash, String wholeHash) {
    return placeHash + wholeHash;
  }

  /** Answers the same for a stage with which something went wrong. */
  Upkeep ofStageAlone() {
    return new Upkeep(pipeline, mark, stage, run, Reach.STAGE);
  }

  /**
   * Tells whether the run looks after a target of its pond.
   *
   * @param marked the pipeline that the manifest keeps with it
   */
  boolean isOurs(TargetKey old, String marked) {
    return run.contains(old.pattern()) || isOfPipeline(marked);
  }

  /** Tells whether a target that nothing matches any more is to go. */
  boolean isOver(ManifestTarget old) {
    return (stage.contains(old.key().pattern()) && !isOfAnotherPlace(old)) || isLeft(old);
  }

  /**
   * Tells whether a pipeline that is written elsewhere made a page or an answer. Two specifications
   * may have one name; which nodes match a pattern of paths is the same for whoever exports them.
   */
  private boolean isOfAnotherPlace(ManifestTarget old) {
    return old.key().isMade()
        && !old.pipeline().isEmpty()
        && !old.pipeline().regionMatches(0, pipeline, 0, HALF_ID_CHARS);
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
