package dev.duckpond.formats;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonNumber;
import dev.duckpond.json.JsonObject;
import dev.duckpond.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads the values of OpenTelemetry's protocol as its JSON mapping writes them: 64-bit integers as
 * text or number, {@code AnyValue} as an object with one member that names the kind.
 */
final class OtelValue {
  private static final long NANOS_PER_MICRO = 1000;

  private OtelValue() {}

  /** Answers the elements of an array member; none when it is not there. */
  static List<Json> list(JsonObject object, String name) {
    return object.findValue(name).map(value -> value.asArray().elements()).orElse(List.of());
  }

  /** Finds the microseconds of a time in nanoseconds; zero means that there is none. */
  static Optional<Long> micros(JsonObject object, String name) {
    return object
        .findValue(name)
        .map(OtelValue::integer)
        .filter(nanos -> nanos != 0)
        .map(nanos -> Math.floorDiv(nanos, NANOS_PER_MICRO));
  }

  private static long integer(Json value) {
    return (value instanceof JsonText text ? Json.parse(text.value()) : value).longValue();
  }

  /** Finds a number; text such as {@code "NaN"} and {@code "12"} is one too. */
  static OptionalDouble number(JsonObject object, String name) {
    Optional<Json> value = object.findValue(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (value.get() instanceof JsonText text) {
      return OptionalDouble.of(
          switch (text.value()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Json.parse(text.value()).doubleValue();
          });
    }
    return OptionalDouble.of(value.get().doubleValue());
  }

  /** Answers a list of {@code {key, value}} as an object; the last of equal keys counts. */
  static Map<String, Json> attributes(JsonObject holder, String name) {
    Map<String, Json> attributes = new LinkedHashMap<>();
    for (Json pair : list(holder, name)) {
      JsonObject attribute = pair.asObject();
      attributes.put(
          attribute.findText("key").orElse(""),
          attribute.findValue("value").map(OtelValue::any).orElse(Json.nothing()));
    }
    return attributes;
  }

  /** Answers an {@code AnyValue} as plain JSON. */
  static Json any(Json anyValue) {
    for (Map.Entry<String, Json> member : anyValue.asObject().members().entrySet()) {
      Json value = member.getValue();
      switch (member.getKey()) {
        case "stringValue", "boolValue", "doubleValue", "bytesValue" -> {
          return value;
        }
        case "intValue" -> {
          return value instanceof JsonText text ? new JsonNumber(text.value()) : value;
        }
        case "arrayValue" -> {
          List<Json> elements = new ArrayList<>();
          list(value.asObject(), "values").forEach(element -> elements.add(any(element)));
          return new JsonArray(elements);
        }
        case "kvlistValue" -> {
          return new JsonObject(attributes(value.asObject(), "values"));
        }
        default -> {
          // A kind of a later version; another member may be known.
        }
      }
    }
    return Json.nothing();
  }
}
