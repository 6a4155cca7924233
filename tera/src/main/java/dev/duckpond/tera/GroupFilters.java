package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.optional;
import static dev.duckpond.tera.Parameter.required;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Filters that look at an attribute of each element of an array. */
final class GroupFilters {
  private static final Parameter ATTRIBUTE =
      required("attribute", "the key, or keys with dots between them");
  private static final Parameter OPTIONAL_ATTRIBUTE =
      optional("attribute", "the key, or keys with dots; the element itself when not given");

  static final List<Filter> ALL =
      List.of(
          new Filter(
              "sort",
              "Puts numbers, strings, booleans (false first) or arrays (by length) in order.",
              List.of(OPTIONAL_ATTRIBUTE),
              new Example("{{ [3, 1, 2] | sort }}", "[1, 2, 3]"),
              GroupFilters::sorted),
          new Filter(
              "unique",
              "Drops elements that are there already: integers, strings or booleans.",
              List.of(
                  OPTIONAL_ATTRIBUTE,
                  optional("case_sensitive", "whether capital letters make a difference")),
              new Example("{{ [\"a\", \"b\", \"A\"] | unique | join(sep=\" \") }}", "a b"),
              GroupFilters::unique),
          new Filter(
              "group_by",
              "Makes an object of arrays: the elements by their attribute. Elements without it are"
                  + " dropped.",
              List.of(ATTRIBUTE),
              new Example(
                  "{% for k, v in [[2, 1], [3, 1]] | group_by(attribute=\"1\") %}{{ k }}: {{ v }}"
                      + "{% endfor %}",
                  "1: [[2, 1], [3, 1]]"),
              (input, call) -> grouped(elements(input, call), call.text("attribute"), call)),
          new Filter(
              "filter",
              "Keeps the elements whose attribute has a value, or is there and not null.",
              List.of(ATTRIBUTE, optional("value", "the value")),
              new Example("{{ [[1, 2], [3, 4]] | filter(attribute=\"0\", value=3) }}", "[[3, 4]]"),
              GroupFilters::filtered),
          new Filter(
              "map",
              "Takes the attribute of each element that has it.",
              List.of(ATTRIBUTE),
              new Example("{{ [[1, 2], [3, 4]] | map(attribute=\"1\") }}", "[2, 4]"),
              GroupFilters::mapped));

  private GroupFilters() {}

  private static List<Value> elements(Value input, Call call) {
    return ArrayFilters.elements(input, call);
  }

  /** Groups elements by an attribute, keys sorted, the order of elements kept. */
  static ObjectValue grouped(List<Value> elements, String attribute, Call call) {
    Map<String, List<Value>> groups = new TreeMap<>(TextOrder.BY_CODE_POINT);
    for (Value element : elements) {
      Optional<Value> found = Way.path(element, attribute);
      if (found.isPresent() && found.get() != NullValue.NULL) {
        payForOrder(found.get(), elements.size(), call);
        groups.computeIfAbsent(key(found.get(), call), _ -> new ArrayList<>()).add(element);
      }
    }
    Map<String, Value> members = new TreeMap<>();
    groups.forEach((key, group) -> members.put(key, ArrayValue.of(group)));
    return ObjectValue.of(members);
  }

  private static String key(Value value, Call call) {
    return value instanceof TextValue(String text)
        ? text
        : JsonPrinter.print(
            value, JsonPrinter.Layout.COMPACT, JsonPrinter.Charset.ANY, call.budget());
  }

  /**
   * Pays for finding the place of one key among others, with each of some of which it is compared.
   */
  private static void payForOrder(Value key, int others, Call call) {
    int comparisons = Integer.SIZE - Integer.numberOfLeadingZeros(others);
    for (int i = 0; i < comparisons; i++) {
      call.budget().read(key);
    }
  }

  private static Value attribute(Value element, String attribute) {
    return Way.path(element, attribute)
        .orElseThrow(
            () -> new CallException("an element has no attribute `" + attribute + "`", ""));
  }

  private static Value sorted(Value input, Call call) {
    String attribute = call.text("attribute", "");
    List<Value> elements = elements(input, call);
    if (elements.isEmpty()) {
      return input;
    }
    record Keyed(Value key, Value element) {}
    List<Keyed> keyed = new ArrayList<>();
    for (Value element : elements) {
      Value key = attribute(element, attribute);
      payForOrder(key, elements.size(), call);
      keyed.add(new Keyed(key, element));
    }
    Value kind = keyed.getFirst().key();
    for (Keyed element : keyed) {
      checkKind(kind, element.key());
    }
    keyed.sort(Comparator.comparing(Keyed::key, GroupFilters::compare));
    return call.arrayOf(keyed.stream().map(Keyed::element).toList());
  }

  private static void checkKind(Value first, Value other) {
    if (other instanceof NullValue || other instanceof ObjectValue) {
      throw new CallException(other.kind() + " has no order", "");
    }
    boolean same =
        Numbers.isNumber(first) ? Numbers.isNumber(other) : first.kind().equals(other.kind());
    if (!same) {
      throw new CallException(
          first.kind() + " and " + other.kind() + " have no order among them", "");
    }
    if (other instanceof FloatValue(double number) && Double.isNaN(number)) {
      throw new CallException("NaN has no order", "");
    }
  }

  private static int compare(Value left, Value right) {
    return switch (left) {
      case TextValue(String text) ->
          right instanceof TextValue(String other)
              ? TextOrder.BY_CODE_POINT.compare(text, other)
              : 0;
      case BoolValue flag -> right instanceof BoolValue other ? other.compareTo(flag) : 0;
      case ArrayValue array ->
          right instanceof ArrayValue other ? Integer.compare(array.size(), other.size()) : 0;
      case IntegerValue(long number) when right instanceof IntegerValue(long other) ->
          Long.compare(number, other);
      case IntegerValue _, BigValue _, FloatValue _ ->
          Double.compare(Numbers.asDouble(left) + 0.0, Numbers.asDouble(right) + 0.0);
      case NullValue _, ObjectValue _ -> 0;
    };
  }

  private static Value unique(Value input, Call call) {
    String attribute = call.text("attribute", "");
    boolean caseSensitive = call.flag("case_sensitive");
    Set<Object> seen = new HashSet<>();
    List<Value> kept = new ArrayList<>();
    Optional<String> kind = Optional.empty();
    for (Value element : elements(input, call)) {
      Optional<Value> found = Way.path(element, attribute);
      if (found.isEmpty()) {
        continue;
      }
      if (!kind.orElse(found.get().kind()).equals(found.get().kind())) {
        throw new CallException(kind.orElseThrow() + " cannot equal " + found.get().kind(), "");
      }
      kind = Optional.of(found.get().kind());
      call.budget().read(found.get());
      if (seen.add(identity(found.get(), caseSensitive))) {
        kept.add(element);
      }
    }
    return call.arrayOf(kept);
  }

  private static Object identity(Value value, boolean caseSensitive) {
    return switch (value) {
      case TextValue(String text) -> caseSensitive ? text : text.toLowerCase(Locale.ROOT);
      case IntegerValue _, BigValue _, BoolValue _ -> value;
      case NullValue _, FloatValue _, ArrayValue _, ObjectValue _ ->
          throw new CallException(
              "`unique` is for integers, strings and booleans, not for " + value.kind(), "");
    };
  }

  private static Value filtered(Value input, Call call) {
    String attribute = call.text("attribute");
    Value wanted = call.find("value").orElse(NullValue.NULL);
    List<Value> kept = new ArrayList<>();
    for (Value element : elements(input, call)) {
      Value found = Way.path(element, attribute).orElse(NullValue.NULL);
      boolean keep =
          wanted == NullValue.NULL
              ? found != NullValue.NULL
              : Equality.equal(found, wanted, call.budget());
      if (keep) {
        kept.add(element);
      }
    }
    return call.arrayOf(kept);
  }

  private static Value mapped(Value input, Call call) {
    String attribute = call.text("attribute");
    List<Value> found = new ArrayList<>();
    for (Value element : elements(input, call)) {
      Way.path(element, attribute).filter(v -> v != NullValue.NULL).ifPresent(found::add);
    }
    return call.arrayOf(found);
  }
}
