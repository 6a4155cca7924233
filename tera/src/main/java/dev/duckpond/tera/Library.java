package dev.duckpond.tera;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds the filters, tests and functions that templates can call. Immutable. */
public final class Library {
  private final Map<String, Filter> filters = new TreeMap<>();
  private final Map<String, ValueTest> tests = new TreeMap<>();
  private final Map<String, Function> functions = new TreeMap<>();

  private Library() {}

  /** Returns what Tera 1.x has built in, and what {@link Extensions} adds. */
  public static Library standard() {
    return of(StandardLibrary.ALL);
  }

  /**
   * Makes a library of callables alone.
   *
   * @throws IllegalArgumentException when two of a kind have one name
   */
  public static Library of(List<? extends Callable> callables) {
    Library library = new Library();
    callables.forEach(library::add);
    return library;
  }

  /**
   * Returns this and more.
   *
   * @throws IllegalArgumentException when one of the kind has that name already
   */
  public Library with(Callable callable) {
    Library more = new Library();
    more.filters.putAll(filters);
    more.tests.putAll(tests);
    more.functions.putAll(functions);
    more.add(callable);
    return more;
  }

  /** Finds a filter. */
  public Optional<Filter> filter(String name) {
    return Optional.ofNullable(filters.get(name));
  }

  /** Finds a test. */
  public Optional<ValueTest> test(String name) {
    return Optional.ofNullable(tests.get(name));
  }

  /** Finds a function. */
  public Optional<Function> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** Lists the filters by name. */
  public Collection<Filter> filters() {
    return Collections.unmodifiableCollection(filters.values());
  }

  /** Lists the tests by name. */
  public Collection<ValueTest> tests() {
    return Collections.unmodifiableCollection(tests.values());
  }

  /** Lists the functions by name. */
  public Collection<Function> functions() {
    return Collections.unmodifiableCollection(functions.values());
  }

  private void add(Callable callable) {
    boolean added =
        switch (callable) {
          case Filter filter -> filters.putIfAbsent(filter.name(), filter) == null;
          case ValueTest test -> tests.putIfAbsent(test.name(), test) == null;
          case Function function -> functions.putIfAbsent(function.name(), function) == null;
        };
    if (!added) {
      throw new IllegalArgumentException("there is a " + callable.described() + " already");
    }
  }
}
