package dev.duckpond.json;

/** Holds JSON {@code true} or {@code false}. */
public record JsonFlag(boolean value) implements Json {
  @Override
  public boolean flag() {
    return value;
  }

  @Override
  public String toString() {
    return toText();
  }
}
