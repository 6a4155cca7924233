package dev.duckpond.tera;

import java.util.ArrayList;
import java.util.List;

/** Gathers what every template can call. */
final class StandardLibrary {
  static final List<Callable> ALL = gather();

  private StandardLibrary() {}

  private static List<Callable> gather() {
    List<Callable> all = new ArrayList<>();
    all.addAll(TextFilters.ALL);
    all.addAll(TrimFilters.ALL);
    all.addAll(MarkupFilters.ALL);
    all.addAll(ArrayFilters.ALL);
    all.addAll(GroupFilters.ALL);
    all.addAll(NumberFilters.ALL);
    all.addAll(ConversionFilters.ALL);
    all.addAll(DateFilters.ALL);
    all.addAll(StandardTests.ALL);
    all.addAll(StandardFunctions.ALL);
    all.addAll(Extensions.ALL);
    return List.copyOf(all);
  }
}
