package dev.duckpond.cli;

import java.util.Set;

/**
 * Holds a line of the table of rooms in ARCHITECTURE.md.
 *
 * @param mayUse the rooms whose types it may name
 * @param libraries beginnings of the packages of outside libraries that it may name
 */
record Room(String name, Set<String> mayUse, Set<String> libraries) {
  Room {
    mayUse = Set.copyOf(mayUse);
    libraries = Set.copyOf(libraries);
  }

  String packageName() {
    return "dev.duckpond." + name;
  }
}
