package dev.duckpond.tinyfs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pattern of pond paths with captures.
 *
 * <p>Within a name: {@code *} any text, {@code ?} one character, {@code [a-z]} and {@code [!a-z]}
 * one of a class, <code>{a,b}</code> one of some texts (patterns themselves), and a backslash
 * before a character that stands for itself. A name of {@code **} alone matches any number of
 * levels, also none. Every wildcard captures what it matched; a brace group captures as a whole;
 * {@code **} captures the names joined by {@code /}. Where several ways of matching exist, {@code
 * *} and groups take as much as they can, from left to right, and {@code **} as little.
 */
public final class PathPattern {
  /** One level of a pattern. */
  sealed interface Component {
    /** Any number of levels. */
    record AnyLevels() implements Component {}

    /** One name. */
    record Name(NamePattern pattern) implements Component {}
  }

  private final String source;
  private final List<Component> components;
  private final int lastLevels;

  private PathPattern(String source, List<Component> components) {
    this.source = source;
    this.components = List.copyOf(components);
    this.lastLevels = this.components.lastIndexOf(new Component.AnyLevels());
  }

  /**
   * Reads a pattern; without a leading slash it starts at the root all the same.
   *
   * @throws PondException.Usage when brackets or braces are not closed, or it leads above the root
   */
  public static PathPattern parse(String source) {
    List<Component> components = new ArrayList<>();
    for (String part : source.split("/", -1)) {
      switch (part) {
        case "", "." -> {}
        case ".." -> {
          if (components.isEmpty()) {
            throw new PondException.Usage(
                "the pattern '" + source + "' leads above '/'", "", "Remove a '..' from it.");
          }
          components.removeLast();
        }
        case "**" -> components.add(new Component.AnyLevels());
        default -> components.add(new Component.Name(new NamePatternParser(source, part).parse()));
      }
    }
    if (components.size() > PondPath.MAX_DEPTH) {
      throw new PondException.Usage(
          "the pattern '" + source + "' is too deep",
          "a path has at most " + PondPath.MAX_DEPTH + " levels",
          "Shorten it; '**' stands for any number of levels.");
    }
    return new PathPattern(source, components);
  }

  /** Answers a pattern that matches exactly one path. */
  public static PathPattern literal(PondPath path) {
    return parse(path.toString().replaceAll("([*?\\[\\]{}\\\\])", "\\\\$1"));
  }

  /** Finds the captures when the whole path matches. */
  public Optional<Captures> match(PondPath path) {
    List<String> out = new ArrayList<>();
    return match(0, path.names(), 0, out, new HashSet<>())
        ? Optional.of(new Captures(out))
        : Optional.empty();
  }

  /** Answers how many captures every match has. */
  public int captureCount() {
    int count = 0;
    for (Component component : components) {
      count +=
          switch (component) {
            case Component.AnyLevels any -> 1;
            case Component.Name name -> name.pattern().captureCount();
          };
    }
    return count;
  }

  /** Tells whether the pattern has no wildcard, so that it can match one path only. */
  public boolean isLiteral() {
    return findLiteral().isPresent();
  }

  /** Finds the one path that a pattern without wildcards matches. */
  public Optional<PondPath> findLiteral() {
    List<EntryName> names = new ArrayList<>();
    for (Component component : components) {
      if (!(component instanceof Component.Name name) || !name.pattern().isLiteral()) {
        return Optional.empty();
      }
      names.add(new EntryName(name.pattern().literalText()));
    }
    return Optional.of(new PondPath(names));
  }

  List<Component> components() {
    return components;
  }

  @Override
  public String toString() {
    return source;
  }

  private record State(int component, int name) {}

  private boolean match(
      int component, List<EntryName> names, int at, List<String> out, Set<State> failed) {
    if (component == components.size()) {
      return at == names.size();
    }
    if (component > lastLevels && components.size() - component != names.size() - at) {
      return false;
    }
    State state = new State(component, at);
    if (failed.contains(state)) {
      return false;
    }
    int before = out.size();
    boolean matched =
        switch (components.get(component)) {
          case Component.AnyLevels any -> matchLevels(component, names, at, out, failed);
          case Component.Name name -> {
            Optional<List<String>> captures =
                at < names.size() ? name.pattern().match(names.get(at).text()) : Optional.empty();
            captures.ifPresent(out::addAll);
            yield captures.isPresent() && match(component + 1, names, at + 1, out, failed);
          }
        };
    if (!matched) {
      out.subList(before, out.size()).clear();
      failed.add(state);
    }
    return matched;
  }

  private boolean matchLevels(
      int component, List<EntryName> names, int at, List<String> out, Set<State> failed) {
    StringBuilder levels = new StringBuilder();
    for (int end = at; end <= names.size(); end++) {
      if (end > at) {
        levels.append(end - 1 > at ? "/" : "").append(names.get(end - 1).text());
      }
      out.add(levels.toString());
      if (match(component + 1, names, end, out, failed)) {
        return true;
      }
      out.removeLast();
    }
    return false;
  }
}
