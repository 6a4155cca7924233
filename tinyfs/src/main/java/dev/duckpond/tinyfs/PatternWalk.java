package dev.duckpond.tinyfs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** One expansion of a pattern over a tree. Used once. */
final class PatternWalk {
  private record State(PondPath path, int component) {}

  private final PondTree tree;
  private final PathPattern pattern;
  private final List<PathPattern.Component> components;
  private final Visibility visibility;
  private final Set<State> visited = new HashSet<>();
  private final TreeMap<PondPath, Node> found = new TreeMap<>();

  PatternWalk(PondTree tree, PathPattern pattern, Visibility visibility) {
    this.tree = tree;
    this.pattern = pattern;
    this.components = pattern.components();
    this.visibility = visibility;
  }

  List<PathMatch> run() {
    visit(PondPath.ROOT, tree.require(PondPath.ROOT), 0);
    return found.entrySet().stream()
        .map(match ->
            new PathMatch(
                match.getKey(),
                match.getValue(),
                pattern.match(match.getKey()).orElse(Captures.NONE)))
        .toList();
  }

  private void visit(PondPath path, Node node, int component) {
    if (!visited.add(new State(path, component))) {
      return;
    }
    if (component == components.size()) {
      found.put(path, node);
      return;
    }
    switch (components.get(component)) {
      case PathPattern.Component.AnyLevels any -> visitLevels(path, node, component);
      case PathPattern.Component.Name name -> visitName(path, node, component, name.pattern());
    }
  }

  private void visitLevels(PondPath path, Node node, int component) {
    visit(path, node, component + 1);
    if (!node.type().isDirectory()) {
      return;
    }
    for (PathMatch child : tree.childrenFollowed(path, node)) {
      if (shows(child.path())) {
        visit(child.path(), child.node(), component);
      }
    }
  }

  private void visitName(PondPath path, Node node, int component, NamePattern name) {
    if (name.isLiteral()) {
      PondPath child = path.child(new EntryName(name.literalText()));
      tree.findUnfollowed(child).ifPresent(there -> visit(child, there, component + 1));
      return;
    }
    for (PathMatch child : tree.childrenFollowed(path, node)) {
      boolean allowed = shows(child.path()) || name.startsWithLiteralDot();
      if (allowed && name.match(child.path().name().text()).isPresent()) {
        visit(child.path(), child.node(), component + 1);
      }
    }
  }

  private boolean shows(PondPath path) {
    return visibility == Visibility.ALL || !path.name().isHidden();
  }
}
