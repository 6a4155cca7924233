package dev.duckpond.cli;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds a table of rooms and finds what breaks it. */
final class Rooms {
  private static final String ROOT = "dev.duckpond.";

  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final Set<String> forAll;

  /**
   * Makes a table.
   *
   * @param forAll beginnings of packages that every room may name
   */
  Rooms(Collection<Room> table, Set<String> forAll) {
    this.forAll = Set.copyOf(forAll);
    for (Room room : table) {
      if (rooms.put(room.name(), room) != null) {
        throw new IllegalArgumentException("two rooms named " + room.name());
      }
    }
  }

  /** Answers every dependency that the table does not allow, a sentence each, sorted. */
  List<String> violations(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass javaClass : classes) {
      Room room = rooms.get(roomName(javaClass.getPackageName()));
      if (room == null) {
        found.add(javaClass.getName() + " is in no room of the table");
        continue;
      }
      for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.isPrimitive() && !allows(room, target.getPackageName())) {
          found.add(room.name() + " may not use " + target.getName() + ": " + javaClass.getName());
        }
      }
    }
    return List.copyOf(found);
  }

  /** Answers the rooms that can reach themselves through what they may use. */
  List<String> cycles() {
    List<String> found = new ArrayList<>();
    for (Room room : rooms.values()) {
      if (reachable(room.name()).contains(room.name())) {
        found.add(room.name());
      }
    }
    return found;
  }

  private Set<String> reachable(String from) {
    Set<String> seen = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      Room room = rooms.get(open.removeLast());
      if (room != null) {
        room.mayUse().stream().filter(seen::add).forEach(open::add);
      }
    }
    return seen;
  }

  private boolean allows(Room room, String packageName) {
    if (packageName.startsWith(ROOT)) {
      String target = roomName(packageName);
      return target.equals(room.name()) || room.mayUse().contains(target);
    }
    return matches(forAll, packageName) || matches(room.libraries(), packageName);
  }

  private static boolean matches(Set<String> beginnings, String packageName) {
    return beginnings.stream()
        .anyMatch(start -> packageName.equals(start) || packageName.startsWith(start + "."));
  }

  private static String roomName(String packageName) {
    if (!packageName.startsWith(ROOT)) {
      return "";
    }
    String rest = packageName.substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }
}
