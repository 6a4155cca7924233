package dev.duckpond.tinyfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Makes nodes of a snapshot's entries. Dynamic nodes are opened when somebody looks inside. */
record NodeReader(Snapshot snapshot, FactoryRegistry factories, PondTree tree) {
  Node read(PondPath path, DirectoryEntry entry) {
    return switch (entry.type()) {
      case DIRECTORY -> new Node.Directory(entry);
      case SYMLINK -> {
        NodeVersion version = requireVersion(path, entry);
        String target = version.facts().attributes().get(PondTree.LINK_TARGET);
        if (target == null) {
          throw new PondException.Corrupt(
              "the symbolic link '" + path + "' has no target",
              "",
              "Restore the pond from a backup.");
        }
        yield new Node.Symlink(entry, version, target);
      }
      case DATA, DATA_SERIES, TABLE, TABLE_SERIES ->
          new Node.Stored(entry, requireVersion(path, entry));
      case DYNAMIC_DIRECTORY, DATA_DYNAMIC, TABLE_DYNAMIC -> {
        NodeVersion version = requireVersion(path, entry);
        yield new Node.Dynamic(entry, version, new Opening(() -> open(path, version)));
      }
    };
  }

  private NodeVersion requireVersion(PondPath path, DirectoryEntry entry) {
    return snapshot
        .findVersion(entry.node())
        .orElseThrow(() ->
            new PondException.Corrupt(
                "'" + path + "' has an entry but no version",
                "",
                "Restore the pond from a backup."));
  }

  private DynamicNode open(PondPath path, NodeVersion version) {
    String name = version.facts().factory().orElse("");
    NodeFactory factory =
        factories
            .find(name)
            .orElseThrow(() ->
                new PondException.Invalid(
                    "'" + path + "' cannot be computed",
                    "this version of pond has no factory '" + name + "'",
                    "Use the version of pond that made it, or newer."));
    return factory.open(new NodeFactory.NodeConfig(path, configText(path, version)), tree);
  }

  private String configText(PondPath path, NodeVersion version) {
    try (InputStream in = snapshot.contents().open(version)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PondException.Failed(
          "the configuration of '" + path + "' cannot be read",
          String.valueOf(e.getMessage()),
          "",
          e);
    }
  }
}
