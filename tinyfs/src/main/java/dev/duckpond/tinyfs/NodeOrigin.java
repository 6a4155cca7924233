package dev.duckpond.tinyfs;

import java.util.List;

/**
 * Says what a computed node is made by, and of what.
 *
 * @param factory the name of its factory
 * @param inputs what its configuration names, in its order
 */
public record NodeOrigin(String factory, List<Input> inputs) {
  public NodeOrigin {
    inputs = List.copyOf(inputs);
  }

  /**
   * Something that is read.
   *
   * @param name what the configuration calls it: a key, or a name that the user gave
   * @param url a path, pattern or URL of the pond
   */
  public record Input(String name, String url) {}
}
