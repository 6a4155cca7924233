package dev.duckpond.factories;

import dev.duckpond.tinyfs.FactoryRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The factories that there are. A kind is made when it is first needed. Thread-safe. */
public final class Factories {
  private final List<KindSource> sources;
  private final List<String> names;
  private final Map<String, Kind<?>> made = new ConcurrentHashMap<>();

  /**
   * Knows the kinds of this room and others.
   *
   * @param others further kinds, of other rooms
   */
  public Factories(List<KindSource> others) {
    List<KindSource> all = new ArrayList<>(List.of(new BuiltInKinds()));
    all.addAll(others);
    sources = List.copyOf(all);
    List<String> known = new ArrayList<>();
    sources.forEach(source -> known.addAll(source.names()));
    known.add(DynamicDir.NAME);
    names = List.copyOf(known);
  }

  /**
   * Answers all factories.
   *
   * @param environment finds the variables that configurations refer to
   */
  public FactoryRegistry registry(Function<String, Optional<String>> environment) {
    return new FactoryRegistry(names, name -> new KindFactory<>(require(name), environment));
  }

  /** Lists what there is to tell about each factory, in the order of the reference. */
  public List<FactoryReference> references() {
    return names.stream().map(name -> FactoryReference.of(require(name))).toList();
  }

  /** Lists the names of all kinds. */
  List<String> names() {
    return names;
  }

  /** Answers the kind of one of the names. */
  Kind<?> require(String name) {
    Kind<?> known = made.get(name);
    if (known == null) {
      known = make(name);
      made.put(name, known);
    }
    return known;
  }

  private Kind<?> make(String name) {
    if (name.equals(DynamicDir.NAME)) {
      return new DynamicDir(this);
    }
    for (KindSource source : sources) {
      if (source.names().contains(name)) {
        return source.make(name);
      }
    }
    throw new IllegalArgumentException("no kind " + name);
  }
}
