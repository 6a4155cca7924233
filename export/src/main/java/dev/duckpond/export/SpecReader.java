package dev.duckpond.export;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.ConfigText;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Variables;
import dev.duckpond.factories.pages.PageSpec;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import java.util.Optional;

/**
 * A template specification in a pipeline: the name of its file, or itself.
 *
 * @param files empty where no files can be read, as in the pond
 * @param mode what becomes of one with mistakes
 */
record SpecReader(Variables variables, Optional<NodeFactory.TextFiles> files, Mode mode)
    implements Shape<SpecReader.Spec> {
  /** What becomes of a specification with mistakes. */
  enum Mode {
    /** They are told, and it counts as missing. */
    STRICT,
    /** They were told before, and what can be read of it is taken. */
    LENIENT
  }

  SpecReader(Variables variables, Optional<NodeFactory.TextFiles> files) {
    this(variables, files, Mode.STRICT);
  }

  /** Answers a reader of specifications whose mistakes were told. */
  SpecReader lenient() {
    return new SpecReader(variables, files, Mode.LENIENT);
  }

  /**
   * A specification.
   *
   * @param label the name by which it was given; empty when it was given itself
   * @param source what messages call the text in which it stands
   */
  record Spec(String label, String source, PageSpec pages) {}

  @Override
  public Optional<Spec> read(ConfigNode node, Mistakes mistakes) {
    return switch (mode) {
      case STRICT -> readReporting(node, mistakes);
      case LENIENT -> readReporting(node, Mistakes.ignored(mistakes.source()));
    };
  }

  private Optional<PageSpec> pages(ConfigNode spec, Mistakes mistakes) {
    return switch (mode) {
      case STRICT -> PageSpec.shape().read(spec, mistakes);
      case LENIENT -> PageSpec.findReadable(spec, mistakes.source());
    };
  }

  private Optional<Spec> readReporting(ConfigNode node, Mistakes mistakes) {
    if (!(node instanceof ConfigNode.Scalar name)) {
      ConfigNode whole = files.map(reading -> PageSpec.embed(node, reading, mistakes)).orElse(node);
      return pages(whole, mistakes).map(spec -> new Spec("", mistakes.source(), spec));
    }
    if (files.isEmpty()) {
      mistakes.add(
          node.place(), "the file '" + name.text() + "' was not read with the configuration", "");
      return Optional.empty();
    }
    try {
      NodeFactory.TextFile file = files.get().read(name.text(), mistakes.source());
      Mistakes own = new Mistakes(file.label());
      ConfigNode parsed = ConfigText.parse(file.label(), file.text(), variables, own);
      Optional<PageSpec> spec = pages(PageSpec.embed(parsed, files.get(), own), own);
      mistakes.addAll(own);
      return spec.map(pages -> new Spec(name.text(), file.label(), pages));
    } catch (PondException e) {
      mistakes.add(node.place(), e);
      return Optional.empty();
    }
  }

  /** Answers the specification itself in place of the name of its file. */
  ConfigNode embed(ConfigNode node, Mistakes mistakes) {
    NodeFactory.TextFiles reading = files.orElseThrow();
    if (!(node instanceof ConfigNode.Scalar name)) {
      return PageSpec.embed(node, reading, mistakes);
    }
    if (read(node, mistakes).isEmpty()) {
      mistakes.settle(node.place());
      return node;
    }
    NodeFactory.TextFile file = reading.read(name.text(), mistakes.source());
    ConfigNode parsed = ConfigText.parse(file.label(), file.text(), variables);
    return PageSpec.embed(parsed, reading, new Mistakes(file.label()));
  }

  @Override
  public JsonObject schema() {
    Json text = JsonObject.builder().put("type", "string").build();
    return JsonObject.builder()
        .put("oneOf", new JsonArray(List.of(text, PageSpec.shape().schema())))
        .build();
  }

  @Override
  public String words() {
    return "the name of a template specification, or the specification";
  }
}
