package dev.duckpond.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns the parser's nodes into ours: variables replaced, {@code <<} merged, size bounded. */
final class NodeReader {
  /** Nodes in one document; aliases count as often as they are used. */
  private static final int MAX_NODES = 100_000;

  private static final int MAX_DEPTH = 50;
  private static final String MERGE = "<<";

  private final Variables variables;
  private final Mistakes mistakes;
  private int nodes;

  NodeReader(Variables variables, Mistakes mistakes) {
    this.variables = variables;
    this.mistakes = mistakes;
  }

  ConfigNode read(Node node) {
    return read(node, 0);
  }

  private ConfigNode read(Node node, int depth) {
    ConfigPlace place = node.getStartMark().map(ConfigText::place).orElse(ConfigPlace.START);
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      if (nodes <= MAX_NODES + 1) {
        mistakes.add(place, "the configuration is too large or nested too deeply", "");
        nodes = MAX_NODES + 1;
      }
      return new ConfigNode.Scalar(place, ConfigNode.Kind.NOTHING, "", "");
    }
    return switch (node) {
      case ScalarNode scalar ->
          new ConfigNode.Scalar(
              place,
              kind(scalar),
              variables.expand(scalar.getValue(), place, mistakes),
              scalar.getValue());
      case SequenceNode sequence ->
          new ConfigNode.Sequence(
              place,
              sequence.getValue().stream().map(element -> read(element, depth + 1)).toList());
      case MappingNode mapping ->
          new ConfigNode.Mapping(place, members(mapping.getValue(), depth + 1));
      default -> throw new IllegalStateException("a node of YAML: " + node.getNodeType());
    };
  }

  private ConfigNode verbatim(ScalarNode text) {
    nodes++;
    ConfigPlace place = text.getStartMark().map(ConfigText::place).orElse(ConfigPlace.START);
    return new ConfigNode.Scalar(place, kind(text), text.getValue(), text.getValue());
  }

  /** Keys of a merged mapping come after the mapping's own, which win. */
  private List<ConfigNode.Member> members(List<NodeTuple> tuples, int depth) {
    Map<String, ConfigNode.Member> own = new LinkedHashMap<>();
    List<ConfigNode> merged = new ArrayList<>();
    for (NodeTuple tuple : tuples) {
      ConfigPlace place =
          tuple.getKeyNode().getStartMark().map(ConfigText::place).orElse(ConfigPlace.START);
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        mistakes.add(place, "a key is a single word", "");
        continue;
      }
      ConfigNode value =
          key.getValue().equals(Variables.TEMPLATE_KEY)
                  && tuple.getValueNode() instanceof ScalarNode text
              ? verbatim(text)
              : read(tuple.getValueNode(), depth);
      if (key.getValue().equals(MERGE) && key.isPlain()) {
        merged.add(value);
      } else if (own.putIfAbsent(
              key.getValue(), new ConfigNode.Member(place, key.getValue(), value))
          != null) {
        mistakes.add(place, "the key '" + key.getValue() + "' stands here twice", "Leave one.");
      }
    }
    for (ConfigNode more : merged) {
      merge(more, own);
    }
    return List.copyOf(own.values());
  }

  private void merge(ConfigNode more, Map<String, ConfigNode.Member> into) {
    switch (more) {
      case ConfigNode.Mapping mapping ->
          mapping.members().forEach(member -> into.putIfAbsent(member.key(), member));
      case ConfigNode.Sequence several -> several.elements().forEach(one -> merge(one, into));
      case ConfigNode.Scalar scalar ->
          mistakes.add(
              scalar.place(), "'<<' merges keys and values, this is " + scalar.described(), "");
    }
  }

  private static ConfigNode.Kind kind(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.INT)) {
      return ConfigNode.Kind.INTEGER;
    }
    if (tag.equals(Tag.FLOAT)) {
      return ConfigNode.Kind.NUMBER;
    }
    if (tag.equals(Tag.BOOL)) {
      return ConfigNode.Kind.FLAG;
    }
    return tag.equals(Tag.NULL) ? ConfigNode.Kind.NOTHING : ConfigNode.Kind.TEXT;
  }
}
