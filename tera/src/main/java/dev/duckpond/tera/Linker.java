package dev.duckpond.tera;

import dev.duckpond.tera.Unit.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads and parses a template and all that it reaches, and collects what is wrong with them. */
final class Linker {
  private final TemplateLoader loader;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Optional<Unit>> parsed = new HashMap<>();

  Linker(TemplateLoader loader) {
    this.loader = loader;
  }

  /** Lists the mistakes met so far. */
  List<Fault> faults() {
    return faults;
  }

  /** Links a template; what is wrong is among {@link #faults()} and then nothing is returned. */
  Optional<Program> link(Source root) {
    int before = faults.size();
    Map<String, Unit> units = new LinkedHashMap<>();
    Deque<Unit> open = new ArrayDeque<>();
    parse(root).ifPresent(open::add);
    while (!open.isEmpty()) {
      Unit unit = open.remove();
      if (units.putIfAbsent(unit.name(), unit) == null) {
        if (units.size() > Limits.MAX_TEMPLATES) {
          Span at = new Span(root, 0, 0);
          faults.add(at.fault("more than " + Limits.MAX_TEMPLATES + " templates belong to it", ""));
          return Optional.empty();
        }
        reach(unit, open);
      }
    }
    units.values().forEach(unit -> checkChain(unit, units));
    return faults.size() > before
        ? Optional.empty()
        : Optional.of(new Program(root.name(), Map.copyOf(units)));
  }

  private Optional<Unit> parse(Source source) {
    Optional<Unit> known = parsed.get(source.name());
    if (known != null) {
      return known;
    }
    Optional<Unit> unit = Optional.empty();
    try {
      unit = Optional.of(TemplateParser.parse(source));
    } catch (Fault fault) {
      faults.add(fault);
    }
    parsed.put(source.name(), unit);
    return unit;
  }

  private void reach(Unit unit, Deque<Unit> open) {
    unit.parent().ifPresent(parent -> require(parent, open));
    unit.imports().values().forEach(imported -> require(imported, open));
    for (Node.Include include : unit.includes()) {
      Optional<Source> first = include.names().stream().flatMap(n -> find(n).stream()).findFirst();
      if (first.isPresent()) {
        parse(first.get()).ifPresent(included -> addIncluded(included, include, open));
      } else if (include.absence() == Node.Absence.MISTAKE) {
        faults.add(missing(include.at(), String.join("`, `", include.names())));
      }
    }
  }

  private void addIncluded(Unit included, Node.Include include, Deque<Unit> open) {
    if (included.parent().isPresent()) {
      faults.add(
          include
              .at()
              .fault(
                  "`" + included.name() + "` extends another template and cannot be included",
                  "Include templates that extend none, or call macros."));
      return;
    }
    open.add(included);
  }

  private void require(Reference reference, Deque<Unit> open) {
    find(reference.name())
        .ifPresentOrElse(
            source -> parse(source).ifPresent(open::add),
            () -> faults.add(missing(reference.at(), reference.name())));
  }

  private static Fault missing(Span at, String names) {
    return at.fault("there is no template `" + names + "`", "");
  }

  private Optional<Source> find(String name) {
    Optional<Unit> known = parsed.getOrDefault(name, Optional.empty());
    return known.isPresent()
        ? known.map(Unit::source)
        : loader.find(name).map(text -> new Source(name, text));
  }

  /** Finds a template that extends itself through others. */
  private void checkChain(Unit unit, Map<String, Unit> units) {
    Set<String> seen = new HashSet<>();
    Unit next = unit;
    while (next != null) {
      if (!seen.add(next.name())) {
        unit.parent()
            .ifPresent(parent -> faults.add(parent.at().fault("the template extends itself", "")));
        return;
      }
      next = next.parent().map(parent -> units.get(parent.name())).orElse(null);
    }
  }
}
