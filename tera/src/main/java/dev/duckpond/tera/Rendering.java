package dev.duckpond.tera;

import java.util.Set;

/**
 * Says what a rendering did and what it depended on, so that a caller can tell later whether the
 * same page would come out again: when none of this has changed, it would.
 *
 * @param templates the names of the templates that something was rendered of
 * @param variables the names that were looked for in the context, found or not
 * @param functions the names of the functions that were called
 * @param bytes what was written, in UTF-8
 */
public record Rendering(
    Set<String> templates, Set<String> variables, Set<String> functions, long bytes) {
  /** Copies the sets. */
  public Rendering {
    templates = Set.copyOf(templates);
    variables = Set.copyOf(variables);
    functions = Set.copyOf(functions);
  }
}
