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
import dev.duckpond.query.ResultFormat;
import dev.duckpond.query.ResultWriter;
import dev.duckpond.tera.ArrayValue;
import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import dev.duckpond.tinyfs.PondException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tables of a session as lists of rows, each read when a template first looks at it. */
final class TableValues implements ObjectValue {
  /** Most rows of one table or answer; a page is no place for more. */
  static final int MAX_ROWS = 100_000;

  private final QuerySession session;
  private final Collection<String> names;
  private final Map<String, Value> read = new HashMap<>();

  TableValues(QuerySession session, Collection<String> names) {
    this.session = session;
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
      known = rows(session, Sql.of("SELECT * FROM ").plus(Sql.identifier(key)));
      read.put(key, known);
    }
    return Optional.of(known);
  }

  private static Value rows(QuerySession session, Sql query) {
    return parse(text(session, query));
  }

  /**
   * Answers the rows of a query as lines of JSON.
   *
   * @throws PondException.Invalid when there are more than {@link #MAX_ROWS}
   */
  static String text(QuerySession session, Sql query) {
    Sql bounded =
        Sql.of("SELECT * FROM (")
            .plus(query)
            .plus("\n) AS answer LIMIT ")
            .plus(Sql.literal(MAX_ROWS + 1L));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rows;
    try {
      rows = new ResultWriter(session).write(bounded, ResultFormat.NDJSON, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (rows > MAX_ROWS) {
      throw new PondException.Invalid(
          "the query has more than " + MAX_ROWS + " rows", "", "Ask for fewer.");
    }
    return out.toString(StandardCharsets.UTF_8);
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
