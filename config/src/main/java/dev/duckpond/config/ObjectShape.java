package dev.duckpond.config;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values with known names; unknown keys are mistakes.
 *
 * @param <T> what they become
 */
public final class ObjectShape<T> implements Shape<T> {
  private final String words;
  private final List<Field<?>> fields;
  private final List<Rule> rules;
  private final Function<Fields, T> maker;

  /** What must hold of some fields, looked at when these are right, whatever the others are. */
  private record Rule(List<Field<?>> over, Consumer<Fields> check) {}

  private ObjectShape(
      String words, List<Field<?>> fields, List<Rule> rules, Function<Fields, T> maker) {
    this.words = words;
    this.fields = List.copyOf(fields);
    this.rules = List.copyOf(rules);
    this.maker = maker;
  }

  /**
   * Answers a shape.
   *
   * @param words what people call it: {@code an input}
   * @param maker makes the value of fields that are right one by one; reports what does not go
   *     together to the fields, or throws {@link PondException}
   */
  public static <T> ObjectShape<T> of(
      String words, List<Field<?>> fields, Function<Fields, T> maker) {
    return new ObjectShape<>(words, fields, List.of(), maker);
  }

  /**
   * Answers the shape with a rule more. Mistakes of rules are told together with those of other
   * fields; where there are any, no value is made.
   *
   * @param over the fields that it looks at, each written and right by itself
   * @param check reports what is wrong to the fields
   */
  public ObjectShape<T> withRule(List<Field<?>> over, Consumer<Fields> check) {
    List<Rule> all = new ArrayList<>(rules);
    all.add(new Rule(List.copyOf(over), check));
    return new ObjectShape<>(words, fields, all, maker);
  }

  /** Lists the fields in the order of the reference. */
  public List<Field<?>> fields() {
    return fields;
  }

  @Override
  public Optional<T> read(ConfigNode node, Mistakes mistakes) {
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      mistakes.add(
          node.place(),
          "here stands " + node.described() + "; " + words + " is written as keys and values",
          "Its keys are " + String.join(", ", keys()) + ".");
      return Optional.empty();
    }
    int before = mistakes.count();
    Fields values = new Fields(mapping.place(), mistakes);
    for (ConfigNode.Member member : mapping.members()) {
      Field<?> field = find(member.key());
      if (field != null) {
        read(field, member, values, mistakes);
      } else if (!member.key().startsWith("x-")) {
        mistakes.add(
            member.place(),
            "unknown key '" + member.key() + "'",
            DidYouMean.sentence(
                member.key(), keys(), "Known keys are " + String.join(", ", keys()) + "."));
      }
    }
    for (Field<?> field : fields) {
      if (field.isRequired() && mapping.members().stream().noneMatch(named(field))) {
        mistakes.add(
            mapping.place(),
            "the key '" + field.key() + "' is missing",
            "Add it: " + field.shape().words() + ".");
      }
    }
    int beforeRules = mistakes.count();
    for (Rule rule : rules) {
      if (rule.over().stream().allMatch(values::has)) {
        rule.check().accept(values);
      }
    }
    if (mistakes.count() > beforeRules) {
      return Optional.empty();
    }
    // What does not go together is told beside a wrong key, but never guessed from a value that is
    // missing.
    return isComplete(mapping, values, mistakes)
        ? make(values, mistakes, before)
        : Optional.empty();
  }

  private boolean isComplete(ConfigNode.Mapping mapping, Fields values, Mistakes mistakes) {
    return fields.stream()
        .allMatch(field ->
            values.has(field)
                || (!field.isRequired() && mistakes.areIgnored())
                || (!field.isRequired()
                    && mapping.members().stream()
                        .filter(named(field))
                        .allMatch(ObjectShape::isLeftOut)));
  }

  private Optional<T> make(Fields values, Mistakes mistakes, int before) {
    try {
      T made = maker.apply(values);
      return mistakes.count() > before ? Optional.empty() : Optional.of(made);
    } catch (PondException e) {
      mistakes.add(values.place(), e);
      return Optional.empty();
    }
  }

  private static <T> void read(
      Field<T> field, ConfigNode.Member member, Fields values, Mistakes mistakes) {
    if (field.isRequired() || !isLeftOut(member)) {
      field
          .shape()
          .read(member.value(), mistakes)
          .ifPresent(value -> values.put(field, member.value().place(), value));
    }
  }

  private static boolean isLeftOut(ConfigNode.Member member) {
    return member.value() instanceof ConfigNode.Scalar scalar
        && scalar.kind() == ConfigNode.Kind.NOTHING;
  }

  private static Predicate<ConfigNode.Member> named(Field<?> field) {
    return member -> member.key().equals(field.key());
  }

  private @Nullable Field<?> find(String key) {
    return fields.stream().filter(field -> field.key().equals(key)).findFirst().orElse(null);
  }

  private List<String> keys() {
    return fields.stream().map(Field::key).toList();
  }

  @Override
  public JsonObject schema() {
    JsonObject.Builder properties = JsonObject.builder();
    List<String> required = new ArrayList<>();
    for (Field<?> field : fields) {
      JsonObject.Builder property =
          field.shape().schema().toBuilder().put("description", field.meaning());
      field.findDefault().ifPresent(value -> property.put("default", value));
      properties.put(field.key(), property.build());
      if (field.isRequired()) {
        required.add(field.key());
      }
    }
    return JsonObject.builder()
        .put("type", "object")
        .put("properties", properties.build())
        .put("patternProperties", JsonObject.builder().put("^x-", Json.of(true)).build())
        .put("required", JsonArray.ofTexts(required))
        .put("additionalProperties", false)
        .build();
  }

  @Override
  public String words() {
    return words;
  }
}
