package dev.duckpond.config;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and values of several kinds, told apart by the value of one key: {@code type: direct}.
 *
 * @param <T> what all kinds become
 */
public final class VariantShape<T> implements Shape<T> {
  private final String words;
  private final String key;
  private final Map<String, ObjectShape<? extends T>> kinds;

  private VariantShape(String words, String key, Map<String, ObjectShape<? extends T>> kinds) {
    this.words = words;
    this.key = key;
    this.kinds = new LinkedHashMap<>(kinds);
  }

  /** Answers a shape; the kinds do not list {@code key} among their fields. */
  public static <T> VariantShape<T> of(
      String words, String key, Map<String, ObjectShape<? extends T>> kinds) {
    return new VariantShape<>(words, key, kinds);
  }

  /** Answers the kinds by their words, in the order of the reference. */
  public Map<String, ObjectShape<? extends T>> kinds() {
    return new LinkedHashMap<>(kinds);
  }

  /** Answers the key that tells the kinds apart. */
  public String key() {
    return key;
  }

  @Override
  public Optional<T> read(ConfigNode node, Mistakes mistakes) {
    String known = String.join(", ", kinds.keySet());
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      mistakes.add(
          node.place(),
          "here stands " + node.described() + "; " + words + " is written as keys and values",
          "Begin with '" + key + ":', one of " + known + ".");
      return Optional.empty();
    }
    Optional<ConfigNode.Member> kind =
        mapping.members().stream().filter(member -> member.key().equals(key)).findFirst();
    if (kind.isEmpty() || !(kind.get().value() instanceof ConfigNode.Scalar word)) {
      ConfigPlace place = kind.map(ConfigNode.Member::place).orElse(mapping.place());
      mistakes.add(place, words + " needs the key '" + key + "'", "It is one of " + known + ".");
      return Optional.empty();
    }
    ObjectShape<? extends T> shape = kinds.get(word.text());
    if (shape == null) {
      mistakes.add(
          word.place(),
          "there is no " + key + " '" + word.written() + "'",
          DidYouMean.sentence(word.written(), kinds.keySet(), "It is one of " + known + "."));
      return Optional.empty();
    }
    List<ConfigNode.Member> rest = new ArrayList<>(mapping.members());
    rest.remove(kind.get());
    return shape
        .read(new ConfigNode.Mapping(mapping.place(), rest), mistakes)
        .map(value -> (T) value);
  }

  @Override
  public JsonObject schema() {
    List<Json> all = new ArrayList<>();
    kinds.forEach((word, shape) -> {
      JsonObject schema = shape.schema();
      JsonObject properties =
          JsonObject.builder().put(key, JsonObject.builder().put("const", word).build()).build();
      JsonObject.Builder merged = properties.toBuilder();
      schema.require("properties").asObject().members().forEach(merged::put);
      List<String> required = new ArrayList<>(List.of(key));
      required.addAll(schema.require("required").asArray().texts());
      all.add(
          schema.toBuilder()
              .put("properties", merged.build())
              .put("required", JsonArray.ofTexts(required))
              .build());
    });
    return JsonObject.builder().put("oneOf", new JsonArray(all)).build();
  }

  @Override
  public String words() {
    return words;
  }
}
