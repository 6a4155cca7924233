package dev.duckpond.tinyfs;

/** Says where the content of a version lies. */
public enum Placement {
  /** In the row of the operation log itself. */
  INLINE,
  /** In a file of its own, named by its hash. */
  BLOB
}
