package dev.duckpond.formats;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonNumber;
import dev.duckpond.json.JsonObject;
import dev.duckpond.json.JsonText;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The members that the objects of a file have, with types that hold every value. */
final class JsonLogColumns {
  /** Members beyond this are not columns but data in the wrong place. */
  static final int MAX_COLUMNS = 1000;

  /** Members that hold the time by their name; the first one that holds times is taken. */
  static final List<String> TIME_NAMES =
      List.of(
          "timestamp",
          "@timestamp",
          "time",
          "ts",
          "datetime",
          "date_time",
          "event_time",
          "date",
          "__REALTIME_TIMESTAMP");

  /** A column: the member that it comes from, its own name, and its type. */
  record Member(String name, String column, CellType type) {}

  private final String label;
  private final Optional<String> declaredTime;
  private final TimeReader times;
  private final Map<String, Optional<CellType>> types = new LinkedHashMap<>();
  private final Set<String> holdsTimes = new HashSet<>();
  private Optional<String> timeMember = Optional.empty();
  private List<Member> members = List.of();

  JsonLogColumns(String label, Optional<String> declaredTime, TimeReader times) {
    this.label = label;
    this.declaredTime = declaredTime;
    this.times = times;
  }

  /**
   * Takes note of the members of an object.
   *
   * @throws PondException.Invalid when there are too many
   */
  void add(JsonObject object, long line) {
    object
        .members()
        .forEach((name, value) -> {
          types.merge(
              name,
              value.isNull() ? Optional.empty() : Optional.of(JsonLogs.typeOf(value)),
              JsonLogColumns::wider);
          if (isTimeName(name)
              && !holdsTimes.contains(name)
              && time(value, times, line).isPresent()) {
            holdsTimes.add(name);
          }
        });
    if (types.size() > MAX_COLUMNS) {
      throw new PondException.Invalid(
          "'" + label + "' has more than " + MAX_COLUMNS + " different members by line " + line,
          "each of them would become a column",
          "Read its lines as text, with 'csv://…?header=false&delim=\\t' for instance.");
    }
  }

  private boolean isTimeName(String name) {
    return declaredTime.isPresent()
        ? declaredTime.get().equals(name)
        : TIME_NAMES.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static Optional<CellType> wider(Optional<CellType> one, Optional<CellType> other) {
    if (one.isEmpty() || one.equals(other)) {
      return other;
    }
    if (other.isEmpty()) {
      return one;
    }
    boolean areNumbers = isNumber(one.get()) && isNumber(other.get());
    return Optional.of(areNumbers ? CellType.DOUBLE : CellType.VARCHAR);
  }

  private static boolean isNumber(CellType type) {
    return type == CellType.BIGINT || type == CellType.DOUBLE;
  }

  /**
   * Decides which member is the time, and how columns are named.
   *
   * @throws PondException.Invalid when the declared time is not there or holds none
   */
  void settle() {
    timeMember = declaredTime.isPresent() ? Optional.of(requireDeclared()) : byName();
    ColumnNames names = new ColumnNames();
    List<Member> all = new ArrayList<>();
    types.forEach((name, type) -> {
      boolean isTheTime =
          timeMember.filter(name::equals).isPresent() && name.equals(ColumnNames.TIMESTAMP);
      if (!isTheTime) {
        all.add(new Member(name, names.unique(name), type.orElse(CellType.VARCHAR)));
      }
    });
    members = List.copyOf(all);
  }

  private Optional<String> byName() {
    for (String wanted : TIME_NAMES) {
      for (String name : types.keySet()) {
        if (name.equalsIgnoreCase(wanted) && holdsTimes.contains(name)) {
          return Optional.of(name);
        }
      }
    }
    return Optional.empty();
  }

  private String requireDeclared() {
    String name = declaredTime.orElseThrow();
    if (types.isEmpty() || holdsTimes.contains(name)) {
      return name;
    }
    if (types.containsKey(name)) {
      throw new PondException.Invalid(
          "the member '" + name + "' of '" + label + "' cannot be the time",
          "none of its values is one",
          "Times are numbers, or text like '2024-06-01T12:00:00Z'.");
    }
    throw new PondException.Invalid(
        "'" + label + "' has no member '" + name + "' to take the time from",
        "",
        DidYouMean.sentence(name, types.keySet(), "Name one of its members."));
  }

  /** Answers the member that the time is taken from. */
  Optional<String> timeMember() {
    return timeMember;
  }

  /** Lists the columns after the time. */
  List<Member> members() {
    return members;
  }

  /** Answers all columns, the time first. */
  Map<String, CellType> types() {
    Map<String, CellType> all = new LinkedHashMap<>();
    all.put(ColumnNames.TIMESTAMP, CellType.TIMESTAMP);
    members.forEach(member -> all.put(member.column(), member.type()));
    return all;
  }

  /** Reads the time of a member; empty when it is none. */
  static OptionalLong time(Json value, TimeReader times, long line) {
    if (value instanceof JsonNumber number) {
      return times.findNumber(number.literal());
    }
    return value instanceof JsonText text
        ? times.findText(text.value(), line)
        : OptionalLong.empty();
  }
}
