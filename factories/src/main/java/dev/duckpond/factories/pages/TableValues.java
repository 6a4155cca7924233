package dev.duckpond.factories.pages;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonFlag;
import dev.duckpond.json.JsonNull;
import dev.duckpond.json.JsonNumber;
import dev.duckpond.json.JsonObject;
import dev.duckpond.json.JsonText;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tera.ArrayValue;
import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Tables of a session as lists of rows, each read when a template first looks at it. */
final class TableValues implements ObjectValue {
  private final QuerySession session;
  private final Collection<String> names;
  private final Consumer<String> suit;
  private final Map<String, Value> read = new HashMap<>();

  /**
   * Makes it.
   *
   * @param suit lets the tables suit a query before it is asked
   */
  TableValues(QuerySession session, Collection<String> names, Consumer<String> suit) {
    this.session = session;
    this.suit = suit;
    this.names = new TreeSet<>(names);
  }

  @Override
  public Collection<String> keys() {
    return names;
  }

  @Override
  public Optional<Value> find(String key) {
    if (!names.contains(key)) {
      return Optional.empty();
    }
    Value known = read.get(key);
    if (known == null) {
      Sql all = Sql.of("SELECT * FROM ").plus(Sql.identifier(key));
      suit.accept(all.toString());
      known = rows(session, all);
      read.put(key, known);
    }
    return Optional.of(known);
  }

  private static Value rows(QuerySession session, Sql query) {
    AnswerLimits limits = AnswerLimits.STANDARD;
    try {
      return parse(BoundedAnswer.of(session, query, limits).lines());
    } catch (TooMuchException e) {
      throw limits.refused(e.measure());
    }
  }

  /** Lists the rows of lines of JSON. */
  static Value parse(String lines) {
    List<Value> rows = new ArrayList<>();
    lines.lines().forEach(line -> rows.add(value(Json.parse(line))));
    return ArrayValue.of(rows);
  }

  private static Value value(Json json) {
    return switch (json) {
      case JsonNull _ -> Value.nothing();
      case JsonFlag flag -> Value.bool(flag.value());
      case JsonText text -> Value.text(text.value());
      case JsonNumber number -> number(number.literal());
      case JsonArray array -> ArrayValue.of(array.stream().map(TableValues::value).toList());
      case JsonObject object -> {
        Map<String, Value> members = new TreeMap<>();
        object.members().forEach((key, member) -> members.put(key, value(member)));
        yield ObjectValue.of(members);
      }
    };
  }

  private static Value number(String literal) {
    BigDecimal number = new BigDecimal(literal);
    boolean isInteger = literal.chars().allMatch(c -> c == '-' || Character.isDigit(c));
    return isInteger
        ? Value.integer(number.toBigIntegerExact())
        : Value.decimal(number.doubleValue());
  }
}
