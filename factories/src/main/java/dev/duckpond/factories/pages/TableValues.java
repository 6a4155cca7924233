package dev.duckpond.factories.pages;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.duckdb.TooSlowException;
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
import dev.duckpond.tera.CallException;
import dev.duckpond.tera.ObjectValue;
import dev.duckpond.tera.Value;
import dev.duckpond.tinyfs.PondException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
  /** What the engine is made to say, by which it is known again. */
  private static final String TOO_LONG = "duckpond: the answer is too long";

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
    return parse(text(session, query, AnswerLimits.STANDARD));
  }

  /**
   * Answers the rows of a query as lines of JSON.
   *
   * @throws CallException when that is more than the limits say
   * @throws PondException when the query fails
   */
  static String text(QuerySession session, Sql query, AnswerLimits limits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rows;
    try {
      rows =
          session.duck().within(limits.time(), () -> write(session, bounded(query, limits), out));
    } catch (PondException | DuckException | TooSlowException e) {
      throw tooMuch(e, limits).orElseThrow(() -> e);
    }
    if (rows > limits.rows()) {
      throw new CallException(
          "the query has more than " + limits.rows() + " rows",
          "Ask for fewer: aggregate them, or add LIMIT.");
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static long write(QuerySession session, Sql query, OutputStream out) {
    try {
      return new ResultWriter(session).write(query, ResultFormat.NDJSON, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets the engine itself fail when rows get long, before any of them is in the memory of this
   * process.
   */
  private static Sql bounded(Sql query, AnswerLimits limits) {
    return new SqlBuilder()
        .text("SELECT * EXCLUDE (duckpond_bytes) FROM (SELECT *, sum(strlen(CAST(duckpond_row AS")
        .text(" VARCHAR))) OVER (ROWS UNBOUNDED PRECEDING) AS duckpond_bytes FROM (SELECT * FROM (")
        .append(query)
        .text("\n) AS answer LIMIT ")
        .append(Sql.literal(limits.rows() + 1L))
        .text(") AS duckpond_row) WHERE CASE WHEN duckpond_bytes > ")
        .append(Sql.literal(limits.bytes()))
        .text(" THEN error(")
        .literal(TOO_LONG)
        .text(") ELSE true END")
        .build();
  }

  private static Optional<CallException> tooMuch(RuntimeException e, AnswerLimits limits) {
    if (e instanceof TooSlowException) {
      return Optional.of(
          new CallException(
              "the query was stopped: " + e.getMessage(),
              "Ask for less, or let a stage of the pipeline make a table of the answer."));
    }
    return String.valueOf(e.getMessage()).contains(TOO_LONG)
        ? Optional.of(
            new CallException(
                "the answer of the query is longer than " + limits.bytes() + " bytes",
                "Ask for fewer columns, rows, or shorter texts."))
        : Optional.empty();
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
