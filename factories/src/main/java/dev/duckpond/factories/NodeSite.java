package dev.duckpond.factories;

import dev.duckpond.config.ConfigPlace;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a computed node stands.
 *
 * @param path its path
 * @param source what messages call its configuration
 * @param yaml the configuration as written, of the node that was made with {@code mknod}
 * @param tree where the paths of the configuration lead
 */
public record NodeSite(PondPath path, String source, String yaml, PondTree tree) {
  /** Answers the site of a node inside this one. */
  public NodeSite child(EntryName name) {
    return new NodeSite(path.child(name), source, yaml, tree);
  }

  /** Answers the error for something in the configuration that cannot be used. */
  public PondException.Misconfigured invalid(ConfigPlace place, String problem, String remedy) {
    return new PondException.Misconfigured(
        "'" + path + "' cannot be computed", source + ":" + place + ": " + problem, remedy);
  }

  /** Opens the configuration as bytes. */
  public InputStream openConfig() {
    return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }
}
