package dev.duckpond.cli;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.ConfigText;
import dev.duckpond.config.ConfigWriter;
import dev.duckpond.config.Field;
import dev.duckpond.config.Fields;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shapes;
import dev.duckpond.config.Variables;
import dev.duckpond.tinyfs.PondPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One document of {@code pond apply}: what should be at a path. */
sealed interface ApplyDocument {
  PondPath path();

  /** A directory. */
  record Directory(PondPath path) implements ApplyDocument {}

  /** What a file or directory of this machine holds. */
  record Copy(PondPath path, String source) implements ApplyDocument {}

  /**
   * A node that computes itself.
   *
   * @param yaml its configuration, written again: comments are not kept
   * @param origin where it stands in the file
   */
  record Computed(PondPath path, String factory, String yaml, ConfigOrigin origin)
      implements ApplyDocument {}

  /** The kinds, by the words of documents. */
  enum Kind {
    MKDIR,
    COPY,
    MKNOD
  }

  /**
   * Reads all documents of a text.
   *
   * @param source what messages call the text
   */
  static List<ApplyDocument> readAll(String source, String yaml, Variables environment) {
    Mistakes mistakes = new Mistakes(source);
    List<ApplyDocument> documents = new ArrayList<>();
    Variables kept = Variables.forCheck(name -> Optional.empty());
    for (ConfigNode node : ConfigText.parseAll(source, yaml, kept)) {
      Shape.DOCUMENT
          .read(node, mistakes)
          .flatMap(raw -> Shape.document(raw, source, environment, mistakes))
          .ifPresent(documents::add);
    }
    mistakes.requireNone();
    return List.copyOf(documents);
  }

  /** How documents are written. */
  final class Shape {
    record Raw(Kind kind, PondPath path, Optional<ConfigNode> spec, ConfigPlace place) {}

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
      KINDS.put("mkdir", Kind.MKDIR);
      KINDS.put("copy", Kind.COPY);
      KINDS.put("mknod", Kind.MKNOD);
    }

    private static final Field<PondPath> PATH =
        Field.required("path", Shapes.parsed("a path of the pond", PondPath::of), "Where.");
    private static final ObjectShape<PondPath> METADATA =
        ObjectShape.of("metadata", List.of(PATH), fields -> fields.value(PATH));
    private static final Field<String> VERSION =
        Field.optional("version", Shapes.text(), "v1", "The version of the document.");
    private static final Field<Kind> KIND =
        Field.required("kind", Shapes.oneOf(KINDS), "What is at the path.");
    private static final Field<PondPath> WHERE =
        Field.required("metadata", METADATA, "Where it is.");
    private static final Field<ConfigNode> SPEC =
        Field.optional("spec", Shapes.anything(), "What it is made of.");
    static final ObjectShape<Raw> DOCUMENT =
        ObjectShape.of(
            "a document",
            List.of(VERSION, KIND, WHERE, SPEC),
            fields -> {
              if (!fields.value(VERSION).equals("v1")) {
                fields.mistake(VERSION, "this version is not known", "Write v1.");
              }
              return new Raw(
                  fields.value(KIND), fields.value(WHERE), fields.find(SPEC), fields.place());
            });

    static final Field<String> SOURCE =
        Field.required("source", Shapes.text(), "A file or directory: host:///path.");
    private static final Field<String> FACTORY =
        Field.required("factory", Shapes.text(), "The factory of the node.");

    private Shape() {}

    static Optional<ApplyDocument> document(
        Raw raw, String source, Variables environment, Mistakes mistakes) {
      return switch (raw.kind()) {
        case MKDIR -> {
          raw.spec()
              .ifPresent(spec ->
                  mistakes.add(spec.place(), "a directory is made of nothing", "Leave spec out."));
          yield Optional.of(new Directory(raw.path()));
        }
        case COPY ->
            spec(raw, "a copy", mistakes)
                .flatMap(spec ->
                    ObjectShape.of(
                            "a copy", List.of(SOURCE), fields -> copy(raw, fields, environment))
                        .read(spec, mistakes));
        case MKNOD ->
            spec(raw, "a node", mistakes).flatMap(spec -> computed(raw, spec, source, mistakes));
      };
    }

    private static ApplyDocument copy(Raw raw, Fields fields, Variables environment) {
      String from =
          environment.expand(fields.value(SOURCE), fields.place(SOURCE), fields.mistakes());
      return new Copy(raw.path(), from);
    }

    private static Optional<ConfigNode.Mapping> spec(Raw raw, String what, Mistakes mistakes) {
      if (raw.spec().isPresent() && raw.spec().get() instanceof ConfigNode.Mapping mapping) {
        return Optional.of(mapping);
      }
      mistakes.add(
          raw.spec().map(ConfigNode::place).orElse(raw.place()),
          what + " needs 'spec:' with keys and values",
          "");
      return Optional.empty();
    }

    /** The configuration stands in {@code config:}, or beside {@code factory:}. */
    private static Optional<ApplyDocument> computed(
        Raw raw, ConfigNode.Mapping spec, String source, Mistakes mistakes) {
      Optional<ConfigNode> config = Optional.empty();
      Optional<String> factory = Optional.empty();
      List<ConfigNode.Member> beside = new ArrayList<>();
      for (ConfigNode.Member member : spec.members()) {
        if (member.key().equals(FACTORY.key())) {
          factory = FACTORY.shape().read(member.value(), mistakes);
        } else if (member.key().equals("config")) {
          config = Optional.of(member.value());
        } else {
          beside.add(member);
        }
      }
      if (factory.isEmpty()) {
        mistakes.add(spec.place(), "the key 'factory' is missing", "Add it.");
        return Optional.empty();
      }
      if (config.isPresent() && !beside.isEmpty()) {
        mistakes.add(
            beside.getFirst().place(),
            "unknown key '" + beside.getFirst().key() + "'",
            "The configuration stands in 'config:'.");
        return Optional.empty();
      }
      ConfigNode node = config.orElse(new ConfigNode.Mapping(spec.place(), beside));
      String yaml = ConfigWriter.write(node);
      return Optional.of(
          new Computed(raw.path(), factory.get(), yaml, ConfigOrigin.ofPart(source, node, yaml)));
    }
  }
}
