package dev.duckpond.tera;

/** Is true or false. */
public enum BoolValue implements Value {
  /** Yes. */
  TRUE,
  /** No. */
  FALSE;

  /** Answers it as Java's. */
  public boolean flag() {
    return this == TRUE;
  }
}
