package dev.duckpond.factories.pages;

import dev.duckpond.config.At;
import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.Field;
import dev.duckpond.config.Fields;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.CaptureTemplate;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How collections of pages are written. */
final class PageSpecShape implements Shape<PageSpec> {
  static final String COLLECTIONS = "collections";
  static final String INCLUDES = "includes";
  static final String TEMPLATE = "template";
  static final String TEMPLATE_FILE = "template_file";

  private static final Field<String> TEXT =
      Field.optional(TEMPLATE, Shapes.text(), "The template, in the language Tera.");
  private static final Field<String> FILE =
      Field.optional(
          TEMPLATE_FILE,
          Shapes.text(),
          "A file that holds it, beside this one; it is read when the node is made.");

  private static final Field<String> INCLUDED =
      Field.required("name", Shapes.text(), "The name by which templates reach it.");

  private record Text(String name, String text) {}

  private static final ObjectShape<Text> INCLUDE =
      ObjectShape.of(
          "a template to include",
          List.of(INCLUDED, TEXT, FILE),
          fields -> new Text(fields.value(INCLUDED), text(fields)));

  private static final Field<EntryName> NAME =
      Field.required(
          "name",
          Shapes.parsed("the name of a directory", EntryName::new),
          "The directory of the pages in the node.");
  private static final Field<At<PondUrl>> IN =
      Field.required(
          "in_pattern",
          Shapes.at(Shapes.parsed("a path or pattern of the pond", PageSpecShape::url)),
          "What the pages are about.");
  private static final Field<At<String>> OUT =
      Field.required(
          "out_pattern",
          Shapes.at(Shapes.text()),
          "The name of each page; $0, $1 are what the pattern captured. The ending .html, .htm,"
              + " .xhtml or .xml lets values be escaped.");

  /**
   * A collection as it stands there.
   *
   * @param out empty when it is wrong, which was told
   */
  private record Raw(
      EntryName name, At<PondUrl> in, Optional<At<CaptureTemplate>> out, Text template) {
    PageCollection with(Map<String, String> others) {
      return new PageCollection(
          name, in, out.orElseThrow(), new PageTemplate(template.name(), template.text(), others));
    }
  }

  private static final ObjectShape<Raw> COLLECTION =
      ObjectShape.of("a collection", List.of(NAME, IN, OUT, TEXT, FILE), PageSpecShape::collection);

  private static final Field<List<Raw>> ALL =
      Field.required(
          COLLECTIONS,
          Shapes.distinct(Shapes.listOf(COLLECTION, 1), "name", COLLECTIONS),
          "The pages.");
  private static final Field<List<Text>> OTHERS =
      Field.optional(
          INCLUDES,
          Shapes.distinct(Shapes.listOf(INCLUDE, 0), "name", INCLUDES),
          List.of(),
          JsonArray.of(),
          "Templates that others include, extend or import by name.");

  private static final ObjectShape<PageSpec> SHAPE =
      ObjectShape.of("a template specification", List.of(ALL, OTHERS), PageSpecShape::spec);

  @Override
  public Optional<PageSpec> read(ConfigNode node, Mistakes mistakes) {
    Optional<PageSpec> spec = SHAPE.read(node, mistakes);
    int before = mistakes.count();
    TemplateMistakes.tell(node, mistakes);
    return mistakes.count() > before ? Optional.empty() : spec;
  }

  @Override
  public JsonObject schema() {
    return SHAPE.schema();
  }

  @Override
  public String words() {
    return SHAPE.words();
  }

  private static PondUrl url(String text) {
    PondUrl url = PondUrl.parse(text);
    if (url.place() == PondUrl.Place.HOST) {
      throw new PondException.Usage(
          "'" + text + "' is a file of this machine", "pages are about the pond", "Copy it there.");
    }
    if (!url.options().isEmpty()) {
      throw new PondException.Usage(
          "'" + text + "' has options", "pages are made of what matches a path", "Leave them out.");
    }
    PathPattern.parse(url.path());
    return url;
  }

  private static Raw collection(Fields fields) {
    At<PondUrl> in = fields.value(IN);
    At<String> out = fields.value(OUT);
    // What fails while a page is rendered is told by this.
    String label =
        fields
            .find(FILE)
            .orElseGet(() ->
                fields.mistakes().source()
                    + ":"
                    + fields.place(TEXT)
                    + ": "
                    + TemplateMistakes.label(fields.value(NAME).text()));
    return new Raw(fields.value(NAME), in, out(fields, in, out), new Text(label, text(fields)));
  }

  private static Optional<At<CaptureTemplate>> out(Fields fields, At<PondUrl> in, At<String> out) {
    try {
      int captures = PathPattern.parse(in.value().path()).captureCount();
      CaptureTemplate name = CaptureTemplate.parse(out.value(), captures);
      requirePlain(out.value());
      return Optional.of(new At<>(out.place(), name));
    } catch (PondException e) {
      fields.mistakes().add(out.place(), e);
      return Optional.empty();
    }
  }

  private static void requirePlain(String out) {
    for (String part : out.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new PondException.Usage(
            "'" + out + "' cannot name a page",
            part.isEmpty() ? "a name in it is empty" : "'" + part + "' leads elsewhere",
            "Write names with '/' between them.");
      }
    }
  }

  private static String text(Fields fields) {
    if (fields.find(TEXT).isEmpty()) {
      fields.mistake(
          FILE,
          fields.has(FILE)
              ? "the file '" + fields.value(FILE) + "' was not read with the configuration"
              : "there is no template",
          "Write '" + TEMPLATE + ": |' and the text below it.");
    }
    return fields.find(TEXT).orElse("");
  }

  private static PageSpec spec(Fields fields) {
    Map<String, String> others = new LinkedHashMap<>();
    fields.value(OTHERS).forEach(other -> others.put(other.name(), other.text()));
    List<PageCollection> all = new ArrayList<>();
    for (Raw raw : fields.value(ALL)) {
      all.add(raw.with(others));
    }
    return new PageSpec(all);
  }

  /** Finds what can be read, as {@link PageSpec#findReadable} says. */
  static Optional<PageSpec> findReadable(ConfigNode spec, String source) {
    if (!(spec instanceof ConfigNode.Mapping mapping)
        || !(mapping.find(COLLECTIONS).orElse(null) instanceof ConfigNode.Sequence list)) {
      return Optional.empty();
    }
    List<PageCollection> all = new ArrayList<>();
    for (ConfigNode each : list.elements()) {
      COLLECTION
          .read(each, Mistakes.ignored(source))
          .filter(raw -> raw.out().isPresent())
          .ifPresent(raw -> all.add(raw.with(Map.of())));
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(new PageSpec(all));
  }

  /** Takes in the files that it names, as {@link PageSpec#embed} says. */
  static ConfigNode embed(ConfigNode spec, NodeFactory.TextFiles files, Mistakes mistakes) {
    ConfigNode all = spec;
    for (String key : List.of(COLLECTIONS, INCLUDES)) {
      if (all instanceof ConfigNode.Mapping mapping
          && mapping.find(key).orElse(null) instanceof ConfigNode.Sequence list) {
        List<ConfigNode> embedded =
            list.elements().stream().map(each -> embedOne(each, files, mistakes)).toList();
        all = mapping.with(key, new ConfigNode.Sequence(list.place(), embedded));
      }
    }
    return all;
  }

  private static ConfigNode embedOne(
      ConfigNode one, NodeFactory.TextFiles files, Mistakes mistakes) {
    if (!(one instanceof ConfigNode.Mapping mapping)
        || mapping.find(TEMPLATE).isPresent()
        || !(mapping.find(TEMPLATE_FILE).orElse(null) instanceof ConfigNode.Scalar name)) {
      return one;
    }
    try {
      String text = files.read(name.text(), mistakes.source()).text();
      return mapping.with(
          TEMPLATE, new ConfigNode.Scalar(name.place(), ConfigNode.Kind.TEXT, text, text));
    } catch (PondException e) {
      mistakes.add(name.place(), e);
      // Not missed once more when the specification is read.
      return mapping.with(
          TEMPLATE, new ConfigNode.Scalar(name.place(), ConfigNode.Kind.TEXT, "", ""));
    }
  }
}
