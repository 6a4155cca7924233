package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.optional;
import static dev.duckpond.tera.Parameter.required;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Filters that take arrays apart and put them together. */
final class ArrayFilters {
  static final List<Filter> ALL =
      List.of(
          new Filter(
              "first",
              "Takes the first element; of an empty array an empty string.",
              List.of(),
              new Example("{{ [1, 2, 3] | first }}", "1"),
              (input, call) -> element(call.array(input), 0)),
          new Filter(
              "last",
              "Takes the last element; of an empty array an empty string.",
              List.of(),
              new Example("{{ [1, 2, 3] | last }}", "3"),
              (input, call) -> element(call.array(input), call.array(input).size() - 1L)),
          new Filter(
              "nth",
              "Takes the element at a position; where there is none an empty string.",
              List.of(required("n", "the position, from 0")),
              new Example("{{ [1, 2, 3] | nth(n=1) }}", "2"),
              (input, call) -> element(call.array(input), call.integer("n"))),
          new Filter(
              "join",
              "Makes one string of all elements.",
              List.of(optional("sep", "what is put between them; `\\n` and `\\t` are known")),
              new Example("{{ [1, 2, 3] | join(sep=\", \") }}", "1, 2, 3"),
              ArrayFilters::joined),
          new Filter(
              "length",
              "Counts the elements of an array, the keys of an object or the characters of a"
                  + " string.",
              List.of(),
              new Example("{{ [1, 2, 3] | length }}", "3"),
              ArrayFilters::length),
          new Filter(
              "reverse",
              "Turns an array or string round.",
              List.of(),
              new Example("{{ [1, 2, 3] | reverse }}", "[3, 2, 1]"),
              ArrayFilters::reversed),
          new Filter(
              "slice",
              "Takes a part of an array; positions below 0 count from the end.",
              List.of(
                  optional("start", "the first position taken, 0 when not given"),
                  optional("end", "the first position not taken, the length when not given")),
              new Example("{{ [1, 2, 3, 4] | slice(start=1, end=-1) }}", "[2, 3]"),
              ArrayFilters::sliced),
          new Filter(
              "concat",
              "Appends the elements of an array, or any other value as one element.",
              List.of(required("with", "the array or value")),
              new Example("{{ [1, 2] | concat(with=[3, 4]) }}", "[1, 2, 3, 4]"),
              ArrayFilters::concatenated),
          new Filter(
              "get",
              "Takes the value of a key of an object.",
              List.of(
                  required("key", "the key"),
                  optional("default", "what to take when the object has no such key")),
              new Example(
                  "{{ [1] | group_by(attribute=\"x\") | get(key=\"a/b\", default=0) }}", "0"),
              ArrayFilters::member));

  private ArrayFilters() {}

  /** Lists the elements, for filters that go through all of them. */
  static List<Value> elements(Value input, Call call) {
    ArrayValue array = call.array(input);
    call.spend(array.size());
    return IntStream.range(0, array.size()).mapToObj(array::at).toList();
  }

  private static Value element(ArrayValue array, long position) {
    return position >= 0 && position < array.size() ? array.at((int) position) : Value.text("");
  }

  private static Value joined(Value input, Call call) {
    String separator = TextFilters.unescaped(call.text("sep", ""));
    BoundedText joined = call.newText();
    boolean first = true;
    for (Value value : elements(input, call)) {
      joined.append(first ? "" : separator).append(call.print(value));
      first = false;
    }
    return Value.text(joined.toString());
  }

  private static Value length(Value input, Call call) {
    return switch (input) {
      case ArrayValue array -> Value.integer(array.size());
      case ObjectValue object -> Value.integer(object.keys().size());
      case TextValue(String text) -> Value.integer(text.codePointCount(0, text.length()));
      case NullValue _, BoolValue _, IntegerValue _, BigValue _, FloatValue _ ->
          throw call.mismatch("an array, object or string", input);
    };
  }

  private static Value reversed(Value input, Call call) {
    return switch (input) {
      case ArrayValue _ -> {
        List<Value> reversed = new ArrayList<>(elements(input, call));
        Collections.reverse(reversed);
        yield call.arrayOf(reversed);
      }
      case TextValue(String text) -> Value.text(new StringBuilder(text).reverse().toString());
      case NullValue _, BoolValue _, IntegerValue _, BigValue _, FloatValue _, ObjectValue _ ->
          throw call.mismatch("an array or string", input);
    };
  }

  private static Value sliced(Value input, Call call) {
    ArrayValue array = call.array(input);
    int size = array.size();
    int start = position(call.integer("start", 0), size);
    int end = position(call.integer("end", size), size);
    return start >= end
        ? ArrayValue.of(List.of())
        : call.arrayOf(elements(input, call).subList(start, end));
  }

  private static int position(long given, int size) {
    return Math.clamp(given < 0 ? size + given : given, 0, size);
  }

  private static Value concatenated(Value input, Call call) {
    Value with = call.require("with");
    // Copying costs what the array costs, not a step for each element, so that a loop may append.
    ArrayValue array = call.array(input);
    List<Value> all = new ArrayList<>(array.size() + 1);
    for (int i = 0; i < array.size(); i++) {
      all.add(array.at(i));
    }
    if (with instanceof ArrayValue more) {
      call.budget().madeArray((long) array.size() + more.size());
      all.addAll(elements(more, call));
    } else {
      all.add(with);
    }
    return call.arrayOf(all);
  }

  private static Value member(Value input, Call call) {
    if (!(input instanceof ObjectValue object)) {
      throw call.mismatch("an object", input);
    }
    String key = call.text("key");
    return object
        .find(key)
        .or(() -> call.find("default"))
        .orElseThrow(() ->
            new CallException(
                "the object has no key `" + key + "`",
                Nearest.sentence(key, object.keys(), "Give a `default`.")));
  }
}
