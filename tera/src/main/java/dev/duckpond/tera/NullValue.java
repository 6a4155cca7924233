package dev.duckpond.tera;

/** Is the value that stands for nothing: defined, false, and printed as empty text. */
public enum NullValue implements Value {
  /** The only one. */
  NULL
}
