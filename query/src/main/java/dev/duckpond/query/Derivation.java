package dev.duckpond.query;

/**
 * Says how the rows of a relation come of stored content.
 *
 * @param text names every step; equal texts over equal {@link Relation#extents} are equal rows
 * @param locality what the rows of one instant depend on
 */
public record Derivation(String text, Locality locality) {
  /** What the rows of one instant depend on. */
  public enum Locality {
    /** On stored rows of the same instant alone. */
    INSTANT,
    /** On any stored rows. */
    ANY
  }

  /** Answers the derivation of a further step over this one, as local as both are. */
  public Derivation then(String step, Locality stepLocality) {
    boolean isLocal = locality == Locality.INSTANT && stepLocality == Locality.INSTANT;
    return new Derivation(step + "(" + text + ")", isLocal ? Locality.INSTANT : Locality.ANY);
  }
}
