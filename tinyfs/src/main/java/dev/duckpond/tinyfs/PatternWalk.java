package dev.duckpond.tinyfs;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One expansion of a pattern over a tree. Used once.
 *
 * <p>It carries two paths: the one by which the pattern matches, and in {@link Located} the real
 * one.
 */
final class PatternWalk {
  private record State(PondPath path, int component) {}

  private final PondTree tree;
  private final PathPattern pattern;
  private final List<PathPattern.Component> components;
  private final Visibility visibility;
  private final Set<State> visitedByLevels = new HashSet<>();
  private final TreeMap<PondPath, Node> found = new TreeMap<>();

  PatternWalk(PondTree tree, PathPattern pattern, Visibility visibility) {
    this.tree = tree;
    this.pattern = pattern;
    this.components = pattern.components();
    this.visibility = visibility;
  }

  List<PathMatch> run() {
    visit(PondPath.ROOT, tree.locate(PondPath.ROOT).orElseThrow(), 0);
    return found.entrySet().stream()
        .map(match ->
            new PathMatch(
                match.getKey(), match.getValue(), pattern.match(match.getKey()).orElseThrow()))
        .toList();
  }

  private void visit(PondPath path, Located at, int component) {
    if (component == components.size()) {
      found.put(path, at.node());
      return;
    }
    switch (components.get(component)) {
      case PathPattern.Component.AnyLevels any -> visitLevels(path, at, component);
      case PathPattern.Component.Name name -> visitName(path, at, component, name.pattern());
    }
  }

  private void visitLevels(PondPath path, Located at, int component) {
    if (!visitedByLevels.add(new State(path, component))) {
      return;
    }
    visit(path, at, component + 1);
    boolean endsHere = isLevelsOnly(component);
    for (Located child : children(path, at, component, this::shows)) {
      PondPath below = path.child(child.path().name());
      if (child.node().type().isDirectory()) {
        visit(below, child, component);
      } else if (endsHere) {
        found.put(below, child.node());
      }
    }
  }

  private void visitName(PondPath path, Located at, int component, NamePattern name) {
    if (name.isLiteral()) {
      EntryName literal = new EntryName(name.literalText());
      followed(path, at, component)
          .flatMap(directory -> tree.walk().child(directory, literal))
          .ifPresent(child -> visit(path.child(literal), child, component + 1));
      return;
    }
    Predicate<EntryName> wanted =
        visibility == Visibility.ALL
            ? child -> name.matches(child.text())
            : child -> name.matchesVisibly(child.text());
    for (Located child : children(path, at, component, wanted)) {
      visit(path.child(child.path().name()), child, component + 1);
    }
  }

  private List<Located> children(
      PondPath path, Located at, int component, Predicate<EntryName> wanted) {
    return followed(path, at, component)
        .map(directory -> tree.walk().children(directory, wanted))
        .orElse(List.of());
  }

  private Optional<Located> followed(PondPath path, Located at, int component) {
    if (!(at.node() instanceof Node.Symlink)) {
      return Optional.of(at);
    }
    try {
      return tree.locate(path);
    } catch (PondException.Invalid e) {
      // The user named this link, or a wildcard happened upon it.
      if (components.subList(0, component).stream().allMatch(PatternWalk::isLiteral)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static boolean isLiteral(PathPattern.Component component) {
    return component instanceof PathPattern.Component.Name name && name.pattern().isLiteral();
  }

  private boolean isLevelsOnly(int component) {
    return components.subList(component, components.size()).stream()
        .allMatch(PathPattern.Component.AnyLevels.class::isInstance);
  }

  private boolean shows(EntryName name) {
    return visibility == Visibility.ALL || !name.isHidden();
  }
}
