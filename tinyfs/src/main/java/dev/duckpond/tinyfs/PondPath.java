package dev.duckpond.tinyfs;

import java.util.ArrayList;
import java.util.List;

/**
 * Addresses a node by the names from the root: absolute, normalised, never above {@code /}.
 *
 * <p>Ordered component by component, so that a directory's content stands together.
 */
public record PondPath(List<EntryName> names) implements Comparable<PondPath> {
  /** The root directory, {@code /}. */
  public static final PondPath ROOT = new PondPath(List.of());

  /** The deepest path, in names. */
  public static final int MAX_DEPTH = 256;

  public PondPath {
    names = List.copyOf(names);
    if (names.size() > MAX_DEPTH) {
      throw new PondException.Usage(
          "the path is deeper than " + MAX_DEPTH + " levels", "", "Use a shallower directory.");
    }
  }

  /**
   * Reads an absolute path such as {@code /a/b}; {@code .}, {@code ..} and repeated slashes are
   * resolved.
   *
   * @throws PondException.Usage when the text does not start with a slash, goes above the root, or
   *     holds an unusable name
   */
  public static PondPath of(String text) {
    if (!text.startsWith("/")) {
      throw new PondException.Usage(
          "'" + text + "' is not a pond path",
          "a pond path starts with '/'",
          "Write '/" + text + "'.");
    }
    return ROOT.resolve(text);
  }

  /**
   * Answers the path that {@code text} means when standing in this directory; a leading slash
   * starts at the root.
   *
   * @throws PondException.Usage when it goes above the root or holds an unusable name
   */
  public PondPath resolve(String text) {
    List<EntryName> out = text.startsWith("/") ? new ArrayList<>() : new ArrayList<>(names);
    for (String part : text.split("/", -1)) {
      switch (part) {
        case "", "." -> {}
        case ".." -> {
          if (out.isEmpty()) {
            throw new PondException.Usage(
                "the path '" + text + "' leads above '/'", "", "Remove a '..' from it.");
          }
          out.removeLast();
        }
        default -> out.add(new EntryName(part));
      }
    }
    return new PondPath(out);
  }

  /** Answers the path of the entry {@code name} in this directory. */
  public PondPath child(EntryName name) {
    List<EntryName> out = new ArrayList<>(names);
    out.add(name);
    return new PondPath(out);
  }

  /** Answers the directory that holds this path; the root holds itself. */
  public PondPath parent() {
    return isRoot() ? this : new PondPath(names.subList(0, names.size() - 1));
  }

  /** Answers the last name; the root has none. */
  public EntryName name() {
    if (isRoot()) {
      throw new IllegalArgumentException("the root has no name");
    }
    return names.getLast();
  }

  public boolean isRoot() {
    return names.isEmpty();
  }

  /** Tells whether this path is {@code other} or lies below it. */
  public boolean isWithin(PondPath other) {
    return names.size() >= other.names.size()
        && names.subList(0, other.names.size()).equals(other.names);
  }

  /** Tells whether any name of the path is hidden. */
  public boolean isHidden() {
    return names.stream().anyMatch(EntryName::isHidden);
  }

  /**
   * Answers the path as it can be typed into a shell inside a command that is quoted in a sentence:
   * in double quotes where it needs them.
   */
  public String shellText() {
    return shellText(toString());
  }

  /** Quotes a text that holds a path likewise. */
  static String shellText(String text) {
    return text.matches("[\\p{L}\\p{N}_./:=@%+,-]+")
        ? text
        : "\"" + text.replaceAll("([\\\\\"$`])", "\\\\$1") + "\"";
  }

  @Override
  public int compareTo(PondPath other) {
    int common = Math.min(names.size(), other.names.size());
    for (int i = 0; i < common; i++) {
      int order = names.get(i).compareTo(other.names.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(names.size(), other.names.size());
  }

  @Override
  public String toString() {
    if (isRoot()) {
      return "/";
    }
    StringBuilder text = new StringBuilder();
    for (EntryName name : names) {
      text.append('/').append(name.text());
    }
    return text.toString();
  }
}
