package dev.duckpond.json;

/** Stands for JSON {@code null}; all instances are equal. */
public record JsonNull() implements Json {
  static final JsonNull INSTANCE = new JsonNull();

  @Override
  public String toString() {
    return toText();
  }
}
