package dev.duckpond.config;

import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The simple shapes, of which others are made. */
public final class Shapes {
  private Shapes() {}

  /** Answers text; a number or a flag is taken as it is written. */
  public static Shape<String> text() {
    return scalar("text", "string", scalar -> Optional.of(scalar.text()));
  }

  /** Answers a number, which may have a fraction. */
  public static Shape<Double> number() {
    return scalar(
        "a number",
        "number",
        scalar -> {
          try {
            double value = Double.parseDouble(scalar.text());
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
          } catch (NumberFormatException e) {
            return Optional.empty();
          }
        });
  }

  /** Answers an integer in a range, both ends included. */
  public static Shape<Long> integer(long smallest, long largest) {
    return scalar(
        "an integer from " + smallest + " to " + largest,
        "integer",
        scalar -> {
          try {
            long value = Long.parseLong(scalar.text());
            return value >= smallest && value <= largest ? Optional.of(value) : Optional.empty();
          } catch (NumberFormatException e) {
            return Optional.empty();
          }
        });
  }

  /** Answers {@code true} or {@code false}. */
  public static Shape<Boolean> flag() {
    return scalar(
        "true or false",
        "boolean",
        scalar ->
            scalar.kind() == ConfigNode.Kind.FLAG
                ? Optional.of(scalar.text().equalsIgnoreCase("true"))
                : Optional.empty());
  }

  /**
   * Answers text of some grammar.
   *
   * @param words what people call it: {@code a duration such as 15m}
   * @param parser throws {@link PondException} for text that is none
   */
  public static <T> Shape<T> parsed(String words, Function<String, T> parser) {
    return new Plain<>(
        words,
        JsonObject.builder().put("type", JsonArray.ofTexts(List.of("string", "number"))).build(),
        (node, mistakes) -> {
          if (!(node instanceof ConfigNode.Scalar scalar)) {
            return wrong(node, words, mistakes);
          }
          try {
            return Optional.of(parser.apply(scalar.text()));
          } catch (PondException e) {
            Optional<PondException> told = tellable(e, scalar, parser);
            if (told.isEmpty() || Variables.findEnvironment(scalar.text()).isPresent()) {
              return wrong(node, words, mistakes);
            }
            mistakes.add(node.place(), told.get());
            return Optional.empty();
          }
        });
  }

  /**
   * Finds what can be told of a value that is none. An error may repeat what a variable holds;
   * where the text as it is written has the same error, but for the text itself, it does not.
   */
  private static <T> Optional<PondException> tellable(
      PondException e, ConfigNode.Scalar scalar, Function<String, T> parser) {
    if (!scalar.isExpanded()) {
      return Optional.of(e);
    }
    try {
      T _ = parser.apply(scalar.written());
      return Optional.empty();
    } catch (PondException written) {
      return words(e).replace(scalar.text(), scalar.written()).equals(words(written))
          ? Optional.of(written)
          : Optional.empty();
    }
  }

  private static String words(PondException e) {
    return String.join("\n", e.problem(), e.reason(), e.remedy());
  }

  /**
   * Answers a secret, which is written as one reference to a variable of the environment. A value
   * in clear is a mistake that does not repeat it.
   */
  public static Shape<Secret> secret() {
    String words = "a reference to the environment, ${env:NAME}";
    return new Plain<>(
        words,
        JsonObject.builder()
            .put("type", "string")
            .put("pattern", "^" + Secret.REFERENCE.pattern() + "$")
            .build(),
        (node, mistakes) -> {
          if (node instanceof ConfigNode.Scalar scalar
              && Secret.REFERENCE.matcher(scalar.written()).matches()) {
            return Optional.of(new Secret(scalar.text()));
          }
          mistakes.add(
              node.place(),
              "here stands a secret in clear",
              "Set a variable of the environment to it and write ${env:NAME}.");
          return Optional.empty();
        });
  }

  /** Answers one of some words. */
  public static <T> Shape<T> oneOf(Map<String, T> values) {
    Map<String, T> known = new LinkedHashMap<>(values);
    String words = "one of " + String.join(", ", known.keySet());
    return new Plain<>(
        words,
        JsonObject.builder().put("enum", JsonArray.ofTexts(known.keySet())).build(),
        (node, mistakes) -> {
          if (!(node instanceof ConfigNode.Scalar scalar)) {
            return wrong(node, words, mistakes);
          }
          Optional<T> value = Optional.ofNullable(known.get(scalar.text()));
          if (value.isEmpty()) {
            mistakes.add(
                node.place(),
                "'" + scalar.written() + "' is not known here",
                DidYouMean.sentence(scalar.written(), known.keySet(), "Use " + words + "."));
          }
          return value;
        });
  }

  /** Answers a list of at least so many elements. */
  public static <T> Shape<List<T>> listOf(Shape<T> element, int fewest) {
    String words = "a list, each " + element.words();
    return new Plain<>(
        words,
        JsonObject.builder()
            .put("type", "array")
            .put("items", element.schema())
            .put("minItems", fewest)
            .build(),
        (node, mistakes) -> {
          if (!(node instanceof ConfigNode.Sequence sequence)) {
            return wrong(node, words, mistakes);
          }
          int before = mistakes.count();
          List<T> values = new ArrayList<>();
          sequence.elements().forEach(each -> element.read(each, mistakes).ifPresent(values::add));
          if (sequence.elements().size() < fewest) {
            mistakes.add(
                node.place(),
                "the list has " + sequence.elements().size() + " elements",
                "It needs at least " + fewest + ".");
          }
          return mistakes.count() > before ? Optional.empty() : Optional.of(List.copyOf(values));
        });
  }

  /**
   * Answers a list of which no two elements have the same text at a key. Where two have, it is told
   * at the second, beside whatever else is wrong with the elements.
   *
   * @param what what the elements are called: {@code entries}
   */
  public static <T> Shape<List<T>> distinct(Shape<List<T>> list, String key, String what) {
    return new Plain<>(
        list.words(),
        list.schema(),
        (node, mistakes) -> {
          int before = mistakes.count();
          if (node instanceof ConfigNode.Sequence sequence) {
            Set<String> seen = new HashSet<>();
            for (ConfigNode element : sequence.elements()) {
              if (element instanceof ConfigNode.Mapping mapping
                  && mapping.find(key).orElse(null) instanceof ConfigNode.Scalar named
                  && !seen.add(named.text())) {
                mistakes.add(
                    named.place(),
                    // As written: what the environment holds may be for nobody to see.
                    "two " + what + " have the " + key + " '" + named.written() + "'",
                    "Rename one.");
              }
            }
          }
          Optional<List<T>> value = list.read(node, mistakes);
          return mistakes.count() > before ? Optional.empty() : value;
        });
  }

  /** Answers names with values, in the order written; at least so many. */
  public static <T> Shape<Map<String, T>> mapOf(Shape<T> value, int fewest) {
    String words = "names, each with " + value.words();
    return new Plain<>(
        words,
        JsonObject.builder()
            .put("type", "object")
            .put("additionalProperties", value.schema())
            .put("minProperties", fewest)
            .build(),
        (node, mistakes) -> {
          if (!(node instanceof ConfigNode.Mapping mapping)) {
            return wrong(node, words, mistakes);
          }
          int before = mistakes.count();
          Map<String, T> values = new LinkedHashMap<>();
          for (ConfigNode.Member member : mapping.members()) {
            value.read(member.value(), mistakes).ifPresent(v -> values.put(member.key(), v));
          }
          if (mapping.members().size() < fewest) {
            mistakes.add(
                node.place(), "nothing is named here", "It needs at least " + fewest + ".");
          }
          return mistakes.count() > before ? Optional.empty() : Optional.of(values);
        });
  }

  /** Answers anything, as it is written, to be read later. */
  public static Shape<ConfigNode> anything() {
    return new Plain<>(
        "anything", JsonObject.builder().build(), (node, mistakes) -> Optional.of(node));
  }

  /** Answers a shape that keeps where the value stands. */
  public static <T> Shape<At<T>> at(Shape<T> shape) {
    return new Plain<>(
        shape.words(),
        shape.schema(),
        (node, mistakes) -> shape.read(node, mistakes).map(value -> new At<>(node.place(), value)));
  }

  private static <T> Shape<T> scalar(
      String words, String type, Function<ConfigNode.Scalar, Optional<T>> parser) {
    return new Plain<>(
        words,
        JsonObject.builder().put("type", type).build(),
        (node, mistakes) -> {
          Optional<T> value =
              node instanceof ConfigNode.Scalar scalar && scalar.kind() != ConfigNode.Kind.NOTHING
                  ? parser.apply(scalar)
                  : Optional.empty();
          return value.isPresent() ? value : wrong(node, words, mistakes);
        });
  }

  private static <T> Optional<T> wrong(ConfigNode node, String words, Mistakes mistakes) {
    // A reference that is there still was replaced by nothing, and is not what the value will be.
    Optional<String> unset =
        node instanceof ConfigNode.Scalar scalar
            ? Variables.findEnvironment(scalar.text())
            : Optional.empty();
    String problem =
        unset.map(Variables::unsetProblem).orElseGet(() -> "here stands " + node.described());
    mistakes.add(
        node.place(),
        problem,
        unset.map(Variables::unsetRemedy).orElse("It should be " + words + "."));
    return Optional.empty();
  }

  private record Plain<T>(
      String words, JsonObject schema, BiFunction<ConfigNode, Mistakes, Optional<T>> reader)
      implements Shape<T> {
    @Override
    public Optional<T> read(ConfigNode node, Mistakes mistakes) {
      return reader.apply(node, mistakes);
    }
  }
}
