package dev.duckpond.factories;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.ConfigText;
import dev.duckpond.config.ConfigWriter;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.Variables;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.NodeOrigin;
import dev.duckpond.tinyfs.PondTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A kind as the file system knows it: from text to node. */
final class KindFactory<C> implements NodeFactory {
  private static final String FACTORY = "factory";
  private static final String CONFIG = "config";

  private final Kind<C> kind;
  private final Function<String, Optional<String>> environment;

  KindFactory(Kind<C> kind, Function<String, Optional<String>> environment) {
    this.kind = kind;
    this.environment = environment;
  }

  @Override
  public String name() {
    return kind.name();
  }

  @Override
  public EntryType entryType() {
    return kind.type();
  }

  @Override
  public void check(NodeConfig config) {
    read(config, Variables.forCheck(environment));
  }

  @Override
  public NodeConfig embed(NodeConfig config, TextFiles files) {
    String source = config.source();
    Mistakes mistakes = new Mistakes(source);
    ConfigNode written = ConfigText.parse(source, config.yaml(), Variables.unreplaced());
    ConfigNode inner = unwrapped(written, mistakes);
    mistakes.requireNone();
    ConfigNode embedded = kind.embed(inner, files, mistakes);
    if (embedded.equals(inner) && mistakes.count() == 0) {
      check(config);
      return config;
    }
    // Read with the places of the text as written, so that mistakes are told there.
    Variables variables = Variables.forCheck(environment);
    Mistakes again = mistakes.count() == 0 ? mistakes : Mistakes.ignored(source);
    ConfigNode read = unwrapped(ConfigText.parse(source, config.yaml(), variables), again);
    kind.shape().read(kind.embed(read, files, again), mistakes);
    mistakes.requireNone();
    ConfigNode whole =
        written instanceof ConfigNode.Mapping mapping && mapping.find(CONFIG).isPresent()
            ? mapping.with(CONFIG, embedded)
            : embedded;
    return new NodeConfig(config.path(), ConfigWriter.write(whole), source);
  }

  @Override
  public DynamicNode open(NodeConfig config, PondTree tree) {
    C read = read(config, Variables.forUse(environment));
    return kind.open(new NodeSite(config.path(), config.source(), config.yaml(), tree), read);
  }

  @Override
  public NodeOrigin origin(NodeConfig config, List<EntryName> inside) {
    return kind.origin(read(config, Variables.forUse(environment)), inside);
  }

  private C read(NodeConfig config, Variables variables) {
    String source = config.source();
    Mistakes mistakes = new Mistakes(source);
    ConfigNode node = unwrapped(ConfigText.parse(source, config.yaml(), variables), mistakes);
    Optional<C> value =
        mistakes.count() == 0 ? kind.shape().read(node, mistakes) : Optional.empty();
    mistakes.requireNone();
    return value.orElseThrow();
  }

  /** A configuration may stand inside {@code factory: NAME} and {@code config:}. */
  private ConfigNode unwrapped(ConfigNode node, Mistakes mistakes) {
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      return node;
    }
    Optional<ConfigNode.Member> factory = find(mapping, FACTORY);
    Optional<ConfigNode.Member> config = find(mapping, CONFIG);
    if (factory.isEmpty() || config.isEmpty()) {
      return node;
    }
    if (!(factory.get().value() instanceof ConfigNode.Scalar name)
        || !name.text().equals(kind.name())) {
      mistakes.add(
          factory.get().value().place(),
          "this is for " + factory.get().value().described() + ", the node is a " + kind.name(),
          "Make the node with the factory that is named here.");
    }
    for (ConfigNode.Member member : mapping.members()) {
      if (!member.key().equals(FACTORY) && !member.key().equals(CONFIG)) {
        mistakes.add(member.place(), "unknown key '" + member.key() + "'", "");
      }
    }
    return config.get().value();
  }

  private static Optional<ConfigNode.Member> find(ConfigNode.Mapping mapping, String key) {
    return mapping.members().stream().filter(member -> member.key().equals(key)).findFirst();
  }
}
