package dev.duckpond.duckdb;

import java.util.Objects;

/**
 * Names a column of a result or a file.
 *
 * @param name the name as the engine gives it; not unique in a result
 * @param type the engine's text of the type, such as {@code TIMESTAMP} or {@code DECIMAL(18,3)}
 */
public record Column(String name, String type) {
  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
