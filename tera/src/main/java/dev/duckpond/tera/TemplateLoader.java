package dev.duckpond.tera;

import java.util.Optional;

/** Gives the text of templates by name; the only way in which one template reaches another. */
@FunctionalInterface
public interface TemplateLoader {
  /**
   * Finds a template.
   *
   * @param name the name as it is written in an {@code include}, {@code import} or {@code extends},
   *     which may be anything: whoever makes a path of it must check it
   */
  Optional<String> find(String name);
}
