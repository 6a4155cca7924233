package dev.duckpond.collect;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the service calls parameters and units, by their ids. Two ids of one name, letter case
 * aside, stay apart: all but the first get their id behind the name. An empty name is none; the id
 * that stands for it is kept free. Immutable.
 */
final class FriendlyNames {
  private final Map<String, String> parameters;
  private final Map<String, String> units;

  FriendlyNames(Map<String, String> parameters, Map<String, String> units) {
    this.parameters = distinct(parameters);
    this.units = distinct(units);
  }

  Optional<String> findParameter(String id) {
    return Optional.ofNullable(parameters.get(id));
  }

  Optional<String> findUnit(String id) {
    return Optional.ofNullable(units.get(id));
  }

  private static Map<String, String> distinct(Map<String, String> names) {
    List<String> ids =
        names.keySet().stream()
            .sorted(
                Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
            .toList();
    Map<String, String> usable = new HashMap<>();
    names.forEach((id, name) -> usable.put(id, name.replace('\0', ' ').strip()));
    Set<String> taken = new HashSet<>();
    usable.forEach((id, name) -> {
      if (name.isEmpty()) {
        taken.add(id.toLowerCase(Locale.ROOT));
      }
    });
    usable.values().removeIf(String::isEmpty);
    Map<String, String> distinct = new HashMap<>();
    for (String id : ids) {
      String name = usable.get(id);
      if (name != null) {
        boolean isFree = taken.add(name.toLowerCase(Locale.ROOT));
        distinct.put(id, isFree ? name : name + " (" + id + ")");
      }
    }
    return Map.copyOf(distinct);
  }
}
