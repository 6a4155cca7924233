package dev.duckpond.cli;

import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.FactoryRegistry;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.NodeOrigin;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node that computes itself is made by, and of what as the pond stands.
 *
 * @param path what it was found for, links followed
 * @param configured the node that holds the configuration: itself, or a directory above it
 * @param config the version that is the configuration
 * @param factory what makes it
 * @param inputs what the configuration names
 */
record ComputedNode(
    PondPath path,
    PondPath configured,
    NodeVersion config,
    String factory,
    List<ComputedNode.Input> inputs) {
  /** Names of matches that are told. */
  private static final int MAX_TOLD_MATCHES = 3;

  /** Something that the configuration names, and what it leads to now. */
  record Input(String name, PondUrl url, List<PathMatch> matches) {
    /** Answers it in words. */
    String words() {
      StringBuilder text = new StringBuilder(name).append(": ").append(url);
      boolean isPlain =
          matches.size() == 1 && matches.getFirst().path().toString().equals(url.toString());
      if (isPlain) {
        return text.toString();
      }
      text.append(", ").append(matches.isEmpty() ? "nothing" : Counted.of(matches.size(), "file"));
      for (int i = 0; i < Math.min(MAX_TOLD_MATCHES, matches.size()); i++) {
        text.append(i == 0 ? ": " : ", ").append(matches.get(i).path());
      }
      return text.append(matches.size() > MAX_TOLD_MATCHES ? ", …" : "").toString();
    }
  }

  ComputedNode {
    inputs = List.copyOf(inputs);
  }

  /** Tells whether a directory above it holds the configuration. */
  boolean isInside() {
    return !path.equals(configured);
  }

  /**
   * Finds it for what a path leads to; empty for what is stored.
   *
   * @param factories that know the node's own
   */
  static Optional<ComputedNode> find(FactoryRegistry factories, PondTree tree, PondPath path) {
    PondPath real = tree.findReal(path).orElse(path);
    PondPath at = real;
    List<EntryName> inside = new ArrayList<>();
    while (tree.find(at).orElse(null) instanceof Node.Computed) {
      inside.addFirst(at.name());
      at = at.parent();
    }
    return tree.find(at).orElse(null) instanceof Node.Dynamic dynamic
        ? Optional.of(of(factories, tree, real, at, dynamic, inside))
        : Optional.empty();
  }

  private static ComputedNode of(
      FactoryRegistry factories,
      PondTree tree,
      PondPath path,
      PondPath at,
      Node.Dynamic dynamic,
      List<EntryName> inside) {
    // Opening it first tells of an unknown factory, or a configuration that is wrong by now.
    dynamic.content();
    NodeVersion config = dynamic.version();
    NodeFactory factory = factories.find(config.facts().factory().orElse("")).orElseThrow();
    NodeOrigin origin =
        factory.origin(new NodeFactory.NodeConfig(at, text(tree, at, config)), inside);
    List<Input> inputs = new ArrayList<>();
    for (NodeOrigin.Input input : origin.inputs()) {
      PondUrl url = PondUrl.parse(input.url());
      inputs.add(new Input(input.name(), url, QuerySession.match(tree, url)));
    }
    return new ComputedNode(path, at, config, origin.factory(), inputs);
  }

  private static String text(PondTree tree, PondPath path, NodeVersion config) {
    try (InputStream in = tree.snapshot().contents().open(config)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw HostTrouble.of("the configuration of '" + path + "' cannot be read", "", e);
    }
  }
}
