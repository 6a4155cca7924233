package dev.duckpond.factories;

import java.util.List;

/** Where kinds of nodes come from: this room, or another that has kinds of its own. Stateless. */
public interface KindSource {
  /** Lists the names of its kinds, in the order of the reference. */
  List<String> names();

  /** Makes the kind of one of the names. Called only when somebody needs that kind. */
  Kind<?> make(String name);
}
