package dev.duckpond.query;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonNumber;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads which range of time a condition of a plan lets through, out of the engine's JSON of it.
 *
 * @param reference the number of the time column, a TIMESTAMP, among those the condition sees
 */
record TimeComparison(int reference) {
  /** In a session both count microseconds in UTC. */
  private static final Set<String> TYPES = Set.of("TIMESTAMP", "TIMESTAMP WITH TIME ZONE");

  /** Answers a range that holds every time for which the condition can be true. */
  TimeRange range(JsonObject condition) {
    List<JsonObject> parts = NeededRanges.objects(condition, "children");
    return switch (condition.findText("type").orElse("")) {
      case "CONJUNCTION_AND" ->
          parts.stream().map(this::range).reduce(TimeRange.ALL, TimeRange::intersect);
      case "CONJUNCTION_OR" ->
          parts.stream().map(this::range).reduce(NeededRanges::hull).orElse(TimeRange.ALL);
      case "COMPARE_BETWEEN" -> between(condition, parts);
      case "COMPARE_EQUAL", "COMPARE_NOT_DISTINCT_FROM" ->
          atLeast(parts, 0).intersect(below(parts, 1));
      case "COMPARE_GREATERTHANOREQUALTO" -> atLeast(parts, 0);
      case "COMPARE_GREATERTHAN" -> atLeast(parts, 1);
      case "COMPARE_LESSTHAN" -> below(parts, 0);
      case "COMPARE_LESSTHANOREQUALTO" -> below(parts, 1);
      default -> TimeRange.ALL;
    };
  }

  private TimeRange between(JsonObject condition, List<JsonObject> parts) {
    if (parts.size() != 3) {
      return TimeRange.ALL;
    }
    Optional<JsonObject> bounds =
        condition
            .findValue("function_data")
            .filter(JsonObject.class::isInstance)
            .map(Json::asObject);
    // Not knowing it, a bound counts as included, which is a microsecond too much at most.
    int aboveLower = isExcluded(bounds, "lower_inclusive") ? 1 : 0;
    int aboveUpper = isExcluded(bounds, "upper_inclusive") ? 0 : 1;
    return atLeast(List.of(parts.get(0), parts.get(1)), aboveLower)
        .intersect(below(List.of(parts.get(0), parts.get(2)), aboveUpper));
  }

  private static boolean isExcluded(Optional<JsonObject> bounds, String member) {
    return bounds.flatMap(known -> known.findValue(member)).equals(Optional.of(Json.of(false)));
  }

  /** Answers the times from the constant on the right on. */
  private TimeRange atLeast(List<JsonObject> sides, int later) {
    return constant(sides)
        .map(micros -> new TimeRange(micros + later, Long.MAX_VALUE))
        .orElse(TimeRange.ALL);
  }

  private TimeRange below(List<JsonObject> sides, int later) {
    return constant(sides)
        .map(micros -> new TimeRange(Long.MIN_VALUE, micros + later))
        .orElse(TimeRange.ALL);
  }

  /** Finds the constant that the time, on the left, is compared with, in microseconds. */
  private Optional<Long> constant(List<JsonObject> sides) {
    if (sides.size() != 2 || !isTime(sides.getFirst())) {
      return Optional.empty();
    }
    return sides
        .getLast()
        .findValue("value")
        .filter(JsonObject.class::isInstance)
        .map(Json::asObject)
        .filter(value -> type(value, "type").filter(TYPES::contains).isPresent())
        .flatMap(value -> value.findValue("value"))
        .filter(value -> value instanceof JsonNumber number && number.isLong())
        .map(value -> ((JsonNumber) value).longValue())
        // Infinities lie at the ends.
        .filter(micros -> micros > -Long.MAX_VALUE && micros < Long.MAX_VALUE - 1);
  }

  private boolean isTime(JsonObject side) {
    List<JsonObject> inner = NeededRanges.objects(side, "children");
    return switch (side.findText("type").orElse("")) {
      case "BOUND_REF" -> side.findLong("index").orElse(0) == reference;
      case "OPERATOR_CAST" ->
          type(side, "return_type").equals(Optional.of("TIMESTAMP WITH TIME ZONE"))
              && inner.size() == 1
              && isTime(inner.getFirst());
      default -> false;
    };
  }

  private static Optional<String> type(JsonObject object, String member) {
    return object
        .findValue(member)
        .filter(JsonObject.class::isInstance)
        .flatMap(type -> type.asObject().findText("id"));
  }
}
