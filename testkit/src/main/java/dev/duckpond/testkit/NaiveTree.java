package dev.duckpond.testkit;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EntryType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a file system does, written as simply as can be: nested maps and paths as strings. It shares
 * no code with the real one, so that the two can be compared.
 */
final class NaiveTree {
  private static final int MAX_LINKS = 10;

  private sealed interface Item {}

  private record Directory(Map<String, Item> items) implements Item {}

  private record File(EntryType type, List<String> versions) implements Item {}

  private record Link(String target) implements Item {}

  private record Found(String path, Item item) {}

  /** An operation that a file system refuses. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Directory root = new Directory(new TreeMap<>());

  /** Does an operation, or answers false and stays as it was. */
  boolean apply(RandomEdit operation) {
    Directory before = copy(root);
    try {
      run(operation);
      return true;
    } catch (Refused e) {
      root = before;
      return false;
    }
  }

  /** Answers a line per path: what is there. */
  Map<String, String> listing() {
    Map<String, String> out = new TreeMap<>();
    list("", root, out);
    return out;
  }

  /** Answers the real path a path leads to, {@code none}, or {@code refused}. */
  String real(String path) {
    try {
      Found found = find(path, true);
      return found == null ? "none" : found.path();
    } catch (Refused e) {
      return "refused";
    }
  }

  private void run(RandomEdit operation) {
    switch (operation) {
      case RandomEdit.MakeDirectory make -> put(make.path(), new Directory(new TreeMap<>()));
      case RandomEdit.MakeDirectories make -> makeDirectories(make.path());
      case RandomEdit.Write write -> write(write);
      case RandomEdit.Link link -> {
        put(link.path(), new Link(link.target()));
        absolute(requireDirectory(parent(link.path())).path(), link.target());
      }
      case RandomEdit.Move move -> move(move.from(), move.to());
      case RandomEdit.Remove remove -> {
        if (require(remove.path()).item() instanceof Directory directory
            && !directory.items().isEmpty()) {
          throw new Refused();
        }
        take(remove.path());
      }
      case RandomEdit.RemoveTree remove -> {
        require(remove.path());
        take(remove.path());
      }
    }
  }

  private void makeDirectories(String path) {
    Found found = find(path, true);
    if (found == null) {
      makeDirectories(parent(path));
      put(path, new Directory(new TreeMap<>()));
    } else if (!(found.item() instanceof Directory)) {
      throw new Refused();
    }
  }

  private void write(RandomEdit.Write write) {
    String path = write.path();
    Found found = find(path, false);
    for (int links = 0; found != null && found.item() instanceof Link link; links++) {
      if (links == MAX_LINKS) {
        throw new Refused();
      }
      path = absolute(parent(found.path()), link.target());
      found = find(path, false);
    }
    if (found == null) {
      put(path, new File(write.type(), new ArrayList<>(List.of(hash(write.text())))));
    } else if (found.item() instanceof File file && file.type() == write.type()) {
      file.versions().add(hash(write.text()));
    } else {
      throw new Refused();
    }
  }

  private void move(String from, String to) {
    Found moved = require(from);
    if (to.equals("/")) {
      throw new Refused();
    }
    String real = below(requireDirectory(parent(to)).path(), name(to));
    if (real.equals(moved.path())) {
      return;
    }
    Found other = find(real, false);
    if ((real + "/").startsWith(moved.path() + "/")
        || (other != null && !replaceable(other.item(), moved.item()))) {
      throw new Refused();
    }
    take(from);
    items(real).put(name(real), moved.item());
  }

  private static boolean replaceable(Item other, Item moved) {
    return other instanceof Directory directory
        ? directory.items().isEmpty() && moved instanceof Directory
        : !(moved instanceof Directory);
  }

  private void put(String path, Item item) {
    if (path.equals("/") || items(path).putIfAbsent(name(path), item) != null) {
      throw new Refused();
    }
  }

  private void take(String path) {
    items(path).remove(name(path));
  }

  private Found require(String path) {
    Found found = find(path, false);
    if (found == null || path.equals("/")) {
      throw new Refused();
    }
    return found;
  }

  private Found requireDirectory(String path) {
    Found found = find(path, true);
    if (found == null || !(found.item() instanceof Directory)) {
      throw new Refused();
    }
    return found;
  }

  /** Answers the map that holds the last name of a path. */
  private Map<String, Item> items(String path) {
    return ((Directory) requireDirectory(parent(path)).item()).items();
  }

  private @Nullable Found find(String path, boolean followLast) {
    Deque<String> todo = new ArrayDeque<>(names(path));
    String real = "/";
    Item at = root;
    int links = 0;
    while (!todo.isEmpty()) {
      String name = todo.removeFirst();
      Item next = at instanceof Directory directory ? directory.items().get(name) : null;
      if (next == null) {
        return null;
      }
      if (next instanceof Link link && (followLast || !todo.isEmpty())) {
        if (++links > MAX_LINKS) {
          throw new Refused();
        }
        List<String> target = names(absolute(real, link.target()));
        target.reversed().forEach(todo::addFirst);
        real = "/";
        at = root;
      } else {
        real = below(real, name);
        at = next;
      }
    }
    return new Found(real, at);
  }

  private static String absolute(String directory, String text) {
    Deque<String> out = new ArrayDeque<>(text.startsWith("/") ? List.of() : names(directory));
    for (String name : names(text)) {
      if (name.equals("..")) {
        if (out.pollLast() == null) {
          throw new Refused();
        }
      } else if (!name.equals(".")) {
        out.addLast(name);
      }
    }
    return "/" + String.join("/", out);
  }

  private static List<String> names(String path) {
    List<String> out = new ArrayList<>(List.of(path.split("/", -1)));
    out.removeIf(String::isEmpty);
    return out;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String below(String directory, String name) {
    return directory.equals("/") ? "/" + name : directory + "/" + name;
  }

  private static String hash(String text) {
    return ContentHash.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
  }

  private static Directory copy(Directory directory) {
    Map<String, Item> items = new TreeMap<>();
    directory
        .items()
        .forEach((name, item) ->
            items.put(
                name,
                switch (item) {
                  case Directory below -> copy(below);
                  case File file -> new File(file.type(), new ArrayList<>(file.versions()));
                  case Link link -> link;
                }));
    return new Directory(items);
  }

  private static void list(String path, Directory directory, Map<String, String> out) {
    directory
        .items()
        .forEach((name, item) -> {
          String child = path + "/" + name;
          switch (item) {
            case Directory below -> {
              out.put(child, "directory");
              list(child, below, out);
            }
            case File file -> out.put(child, file.type().text() + " " + file.versions());
            case Link link -> out.put(child, "symlink " + link.target());
          }
        });
  }
}
