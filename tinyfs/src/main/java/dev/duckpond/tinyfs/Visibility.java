package dev.duckpond.tinyfs;

/** Says whether wildcards match hidden names. A pattern that writes the leading dot always does. */
public enum Visibility {
  VISIBLE_ONLY,
  ALL
}
