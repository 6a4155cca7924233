package dev.duckpond.config;

import dev.duckpond.json.JsonObject;
import java.util.Optional;

/**
 * How a value is written in a configuration: reads it, and tells people and editors about it.
 * Immutable and thread-safe.
 *
 * @param <T> what it becomes
 */
public interface Shape<T> {
  /** Reads a value; empty when it reported a mistake. */
  Optional<T> read(ConfigNode node, Mistakes mistakes);

  /** Answers the JSON Schema (draft 2020-12) of it. */
  JsonObject schema();

  /** Answers what people call it: {@code a list of URLs}. */
  String words();
}
