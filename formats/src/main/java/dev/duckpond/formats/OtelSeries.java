package dev.duckpond.formats;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonText;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Numbers the columns that metrics make: one for each metric and combination of attributes.
 *
 * <p>A metric whose attributes never differ in the file has the metric's name; else the attributes
 * that differ stand behind it, {@code requests{method=GET}}.
 */
final class OtelSeries {
  /** Combinations beyond this do not belong into columns. */
  static final int MAX_SERIES = 2000;

  private record Key(String metric, Map<String, String> attributes) {}

  private final String label;
  private final Map<Key, Integer> numbers = new LinkedHashMap<>();

  OtelSeries(String label) {
    this.label = label;
  }

  /**
   * Answers the number of a column, from 0.
   *
   * @throws PondException.Invalid when there are too many
   */
  int number(String metric, Map<String, Json> attributes) {
    Map<String, String> texts = new TreeMap<>();
    attributes.forEach((name, value) -> texts.put(name, text(value)));
    Integer number = numbers.computeIfAbsent(new Key(metric, texts), key -> numbers.size());
    if (number >= MAX_SERIES) {
      throw new PondException.Invalid(
          "'" + label + "' has more than " + MAX_SERIES + " combinations of metric and attributes",
          "each of them would become a column; the metric '" + metric + "' comes last",
          "Leave the attributes that vary out where the file is written.");
    }
    return number;
  }

  private static String text(Json value) {
    return value instanceof JsonText text ? text.value() : value.toText();
  }

  /** Lists the names of the columns by number. */
  List<String> names() {
    Map<String, Set<String>> differing = new LinkedHashMap<>();
    Map<String, Key> firsts = new LinkedHashMap<>();
    for (Key key : numbers.keySet()) {
      Key first = firsts.computeIfAbsent(key.metric(), metric -> key);
      Set<String> names = differing.computeIfAbsent(key.metric(), metric -> new LinkedHashSet<>());
      addDifferent(first.attributes(), key.attributes(), names);
      addDifferent(key.attributes(), first.attributes(), names);
    }
    ColumnNames columns = new ColumnNames();
    List<String> names = new ArrayList<>();
    for (Key key : numbers.keySet()) {
      Set<String> shown = differing.getOrDefault(key.metric(), Set.of());
      names.add(columns.unique(name(key, shown)));
    }
    return names;
  }

  private static void addDifferent(
      Map<String, String> one, Map<String, String> other, Set<String> names) {
    one.forEach((name, value) -> {
      if (!Objects.equals(value, other.get(name))) {
        names.add(name);
      }
    });
  }

  private static String name(Key key, Set<String> shown) {
    String attributes =
        key.attributes().entrySet().stream()
            .filter(attribute -> shown.contains(attribute.getKey()))
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
            .collect(Collectors.joining(","));
    return attributes.isEmpty() ? key.metric() : key.metric() + "{" + attributes + "}";
  }
}
