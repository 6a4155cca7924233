package dev.duckpond.tera;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is a template with all that it reaches, linked and checked.
 *
 * @param root the name of the template that is rendered
 * @param units all templates by name
 */
record Program(String root, Map<String, Unit> units) {

  Unit unit(String name) {
    Unit unit = units.get(name);
    if (unit == null) {
      throw new IllegalStateException("not linked: " + name);
    }
    return unit;
  }

  /** Lists a template and those it extends, the base template last. */
  List<Unit> chain(String name) {
    List<Unit> chain = new ArrayList<>();
    Optional<String> next = Optional.of(name);
    while (next.isPresent()) {
      Unit unit = unit(next.get());
      chain.add(unit);
      next = unit.parent().map(Unit.Reference::name);
    }
    return List.copyOf(chain);
  }

  /** Finds the first template of an include that exists. */
  Optional<Unit> first(Node.Include include) {
    return include.names().stream().filter(units::containsKey).findFirst().map(units::get);
  }

  /** Finds the template that holds the macros of a namespace. */
  Optional<Unit> namespace(Unit caller, String namespace) {
    return namespace.equals("self")
        ? Optional.of(caller)
        : Optional.ofNullable(caller.imports().get(namespace)).map(named -> unit(named.name()));
  }
}
