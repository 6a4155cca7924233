package dev.duckpond.cli;

import dev.duckpond.factories.NodeTrial;
import dev.duckpond.query.QuerySession;
import dev.duckpond.steward.WriteTransaction;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.StagedContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes nodes that compute themselves, in a transaction of a command. */
final class NodeWriter {
  private final OpenPond pond;

  NodeWriter(OpenPond pond) {
    this.pond = pond;
  }

  /** What became of a path. */
  enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What to do when a node is there. */
  enum Existing {
    REFUSE,
    REPLACE
  }

  /**
   * Answers the factory of a name.
   *
   * @throws PondException.Usage with the name that may be meant
   */
  NodeFactory require(String name) {
    return pond.factories()
        .find(name)
        .orElseThrow(() ->
            new PondException.Usage(
                "there is no factory '" + name + "'",
                DidYouMean.question(name, pond.factories().names()),
                "Run 'pond factories' to see what there is."));
  }

  /** Checks a configuration and writes it; the node is not tried yet. */
  Outcome write(
      WriteTransaction transaction,
      NodeFactory factory,
      NodeFactory.NodeConfig config,
      Existing existing)
      throws IOException {
    factory.check(config);
    PondPath path = config.path();
    byte[] text = config.yaml().getBytes(StandardCharsets.UTF_8);
    Optional<Node> there = transaction.edit().tree().findUnfollowed(path);
    if (there.isPresent()) {
      if (isSame(there.get(), factory, text)) {
        return Outcome.UNCHANGED;
      }
      requireReplaceable(path, there.get(), existing);
      if (there.get().type() != factory.entryType()) {
        transaction.edit().remove(path);
      }
    }
    StagedContent staged = transaction.stage(new ByteArrayInputStream(text), factory.entryType());
    transaction.edit().writeConfig(path, factory, staged, text);
    return there.isPresent() ? Outcome.UPDATED : Outcome.CREATED;
  }

  private static boolean isSame(Node node, NodeFactory factory, byte[] text) {
    Optional<NodeVersion> version = node.findVersion();
    return node instanceof Node.Dynamic
        && version.isPresent()
        && version.get().facts().factory().equals(Optional.of(factory.name()))
        && version.get().hash().equals(ContentHash.of(text));
  }

  private static void requireReplaceable(PondPath path, Node node, Existing existing) {
    if (!(node instanceof Node.Dynamic)) {
      throw new PondException.Conflict(
          "'" + path + "' exists already",
          "it is a " + node.type().text() + ", and holds what no configuration can make again",
          "Choose another path, or remove it first.");
    }
    if (existing == Existing.REFUSE) {
      throw new PondException.Conflict(
          "'" + path + "' exists already", "", "Give --overwrite to replace its configuration.");
    }
  }

  /**
   * Makes sure that what was written can be computed.
   *
   * @throws PondException.Invalid when it cannot; the transaction is then to be given up
   */
  void requireComputable(WriteTransaction transaction, Map<PondPath, ConfigOrigin> origins) {
    if (origins.isEmpty()) {
      return;
    }
    try (QuerySession session = pond.query(transaction.edit().tree(), List.of())) {
      NodeTrial trial = new NodeTrial(transaction.edit().tree(), session);
      origins.forEach((path, origin) -> {
        try {
          trial.require(path);
        } catch (PondException.Invalid e) {
          throw origin.located(e, path.toString());
        }
      });
    }
  }
}
