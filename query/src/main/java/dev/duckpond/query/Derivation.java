package dev.duckpond.query;

/**
 * Says how the rows of a relation come of stored content.
 *
 * @param text names every step; equal texts over equal {@link Relation#extents} are equal rows
 * @param reach which stored rows the rows of a range of time depend on
 */
public record Derivation(String text, Reach reach) {
  /** Answers the derivation of a further step over this one. */
  public Derivation then(String step, Reach stepReach) {
    return new Derivation(step + "(" + text + ")", stepReach.over(reach));
  }
}
