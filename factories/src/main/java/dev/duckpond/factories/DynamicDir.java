package dev.duckpond.factories;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.Field;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.NodeOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A read-only directory of computed nodes, described in one configuration. */
final class DynamicDir implements Kind<List<DynamicDir.Entry<?>>> {
  static final String NAME = "dynamic-dir";
  private static final String ENTRIES = "entries";

  /** One node in it: its kind and its configuration, read. */
  record Entry<C>(EntryName name, Kind<C> kind, C config) {
    DynamicNode.Child child(NodeSite site) {
      return new DynamicNode.Child(name, kind.type(), kind.open(site.child(name), config));
    }

    NodeOrigin origin(List<EntryName> inside) {
      return kind.origin(config, inside);
    }
  }

  private static final Field<EntryName> ENTRY_NAME =
      Field.required("name", ConfigShapes.name(), "The name in the directory.");
  private static final Field<String> FACTORY =
      Field.required("factory", Shapes.text(), "The factory of the node.");
  private static final Field<ConfigNode> CONFIG =
      Field.required("config", Shapes.anything(), "The configuration that the factory takes.");

  private final Factories kinds;
  private final Shape<List<Entry<?>>> shape;

  /**
   * Makes the kind.
   *
   * @param kinds what may stand in a directory: all of them, directories too
   */
  DynamicDir(Factories kinds) {
    this.kinds = kinds;
    Field<List<Entry<?>>> entries =
        Field.required(
            ENTRIES,
            Shapes.distinct(Shapes.listOf(new EntryShape(), 0), ENTRY_NAME.key(), ENTRIES),
            "The nodes inside.");
    this.shape =
        ObjectShape.of(
            "a directory",
            List.of(entries),
            fields ->
                fields.value(entries).stream().sorted(Comparator.comparing(Entry::name)).toList());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EntryType type() {
    return EntryType.DYNAMIC_DIRECTORY;
  }

  @Override
  public Shape<List<Entry<?>>> shape() {
    return shape;
  }

  @Override
  public String summary() {
    return "a directory of computed nodes";
  }

  @Override
  public String example() {
    return """
    entries:
      - name: north
        factory: synthetic-timeseries
        config:
          start: 2025-01-01
          end: 2025-02-01
          interval: 1h
          points:
            - {name: level.m, components: [{type: sine, period: 24h}]}
      - name: daily
        factory: temporal-reduce
        config:
          in_pattern: /derived/north
          out_pattern: north
          resolutions: [1d]
          aggregations: [{type: avg}]
    """;
  }

  @Override
  public ConfigNode embed(ConfigNode config, NodeFactory.TextFiles files, Mistakes mistakes) {
    if (!(config instanceof ConfigNode.Mapping mapping)
        || !(mapping.find(ENTRIES).orElse(null) instanceof ConfigNode.Sequence entries)) {
      return config;
    }
    List<ConfigNode> all = new ArrayList<>();
    entries.elements().forEach(entry -> all.add(embedEntry(entry, files, mistakes)));
    return mapping.with(ENTRIES, new ConfigNode.Sequence(entries.place(), all));
  }

  private ConfigNode embedEntry(ConfigNode entry, NodeFactory.TextFiles files, Mistakes mistakes) {
    if (!(entry instanceof ConfigNode.Mapping mapping)
        || !(mapping.find(FACTORY.key()).orElse(null) instanceof ConfigNode.Scalar factory)
        || !kinds.names().contains(factory.text())) {
      return entry;
    }
    Kind<?> kind = kinds.require(factory.text());
    return mapping
        .find(CONFIG.key())
        .map(config -> mapping.with(CONFIG.key(), kind.embed(config, files, mistakes)))
        .orElse(mapping);
  }

  @Override
  public NodeOrigin origin(List<Entry<?>> entries, List<EntryName> inside) {
    return entries.stream()
        .filter(entry -> !inside.isEmpty() && entry.name().equals(inside.getFirst()))
        .findFirst()
        .map(entry -> entry.origin(inside.subList(1, inside.size())))
        .orElseGet(() -> new NodeOrigin(NAME, List.of()));
  }

  @Override
  public DynamicNode open(NodeSite site, List<Entry<?>> entries) {
    return new Listing(site, entries);
  }

  private record Listing(NodeSite site, List<Entry<?>> entries) implements DynamicNode.Directory {
    @Override
    public List<Child> list() {
      List<Child> children = new ArrayList<>();
      entries.forEach(entry -> children.add(entry.child(site)));
      return children;
    }

    @Override
    public Optional<Child> find(EntryName name) {
      for (Entry<?> entry : entries) {
        if (entry.name().equals(name)) {
          return Optional.of(entry.child(site));
        }
      }
      return Optional.empty();
    }
  }

  /** One entry; its factory decides how its configuration is read. */
  private final class EntryShape implements Shape<Entry<?>> {
    private record Raw(EntryName name, String factory, ConfigNode config) {}

    private final ObjectShape<Raw> raw =
        ObjectShape.of(
            "an entry",
            List.of(ENTRY_NAME, FACTORY, CONFIG),
            fields ->
                new Raw(fields.value(ENTRY_NAME), fields.value(FACTORY), fields.value(CONFIG)));

    @Override
    public Optional<Entry<?>> read(ConfigNode node, Mistakes mistakes) {
      Optional<Raw> read = raw.read(node, mistakes);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      String factory = read.get().factory();
      if (!kinds.names().contains(factory)) {
        ConfigPlace place =
            node instanceof ConfigNode.Mapping mapping
                ? mapping.find(FACTORY.key()).map(ConfigNode::place).orElse(node.place())
                : node.place();
        mistakes.add(
            place,
            "there is no factory '" + factory + "'",
            DidYouMean.sentence(
                factory, kinds.names(), "Known are " + String.join(", ", kinds.names()) + "."));
        return Optional.empty();
      }
      return entry(read.get(), kinds.require(factory), mistakes);
    }

    private static <C> Optional<Entry<?>> entry(Raw raw, Kind<C> kind, Mistakes mistakes) {
      return kind.shape()
          .read(raw.config(), mistakes)
          .map(config -> new Entry<>(raw.name(), kind, config));
    }

    @Override
    public JsonObject schema() {
      // One kind of entry for each factory; the directory inside itself is told by reference.
      List<Json> all = new ArrayList<>();
      for (String name : kinds.names().stream().sorted().toList()) {
        JsonObject config =
            name.equals(NAME)
                ? JsonObject.builder().put("$ref", "#").build()
                : kinds.require(name).shape().schema();
        all.add(
            JsonObject.builder()
                .put("type", "object")
                .put(
                    "properties",
                    JsonObject.builder()
                        .put("name", JsonObject.builder().put("type", "string").build())
                        .put("factory", JsonObject.builder().put("const", name).build())
                        .put("config", config)
                        .build())
                .put("required", JsonArray.ofTexts(List.of("name", "factory", "config")))
                .put("additionalProperties", false)
                .build());
      }
      return JsonObject.builder().put("oneOf", new JsonArray(all)).build();
    }

    @Override
    public String words() {
      return "an entry with name, factory and config";
    }
  }
}
