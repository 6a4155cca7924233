package dev.duckpond.json;

import java.util.Objects;

/** Holds JSON text. */
public record JsonText(String value) implements Json {
  public JsonText {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String text() {
    return value;
  }

  @Override
  public String toString() {
    return toText();
  }
}
