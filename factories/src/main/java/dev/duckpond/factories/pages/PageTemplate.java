package dev.duckpond.factories.pages;

import java.util.Map;

/**
 * The text of a template, and of the others that it may include, extend or import.
 *
 * @param name what messages call it
 * @param others texts by the names that templates use
 */
public record PageTemplate(String name, String text, Map<String, String> others) {
  public PageTemplate {
    others = Map.copyOf(others);
  }
}
