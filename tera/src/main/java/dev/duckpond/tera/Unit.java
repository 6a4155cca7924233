package dev.duckpond.tera;

import dev.duckpond.tera.Node.Block;
import dev.duckpond.tera.Node.Include;
import dev.duckpond.tera.Node.Macro;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is one parsed template, before it is seen together with others.
 *
 * @param parent the template that it extends
 * @param imports the templates whose macros it uses, by namespace
 * @param blocks all its blocks by name, those within others too
 * @param includes all includes, wherever they stand
 */
record Unit(
    Source source,
    Optional<Reference> parent,
    Map<String, Reference> imports,
    Map<String, Macro> macros,
    Map<String, Block> blocks,
    List<Include> includes,
    List<Node> nodes) {

  /** The name of another template and where it is named. */
  record Reference(Span at, String name) {}

  String name() {
    return source.name();
  }
}
