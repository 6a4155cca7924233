package dev.duckpond.query;

import static java.util.Objects.requireNonNull;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ExplainPrefix;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which range of time a user's query needs of each relation it reads.
 *
 * <p>A condition on the time of a computed relation stays above the arithmetic that makes the time:
 * the engine cannot tell from {@code hour_of(t) >= x} which row groups of a file matter. A range
 * given to {@link Relation#select} goes all the way down. So the query is first planned over
 * stand-ins, tables about which the engine knows nothing but their columns. Whatever condition its
 * optimizer then puts straight above a stand-in holds for every row that the query takes from it:
 * rows outside can be left out from the start. What joins, subqueries, LIMIT or outer joins allow
 * is the optimizer's decision, not made here a second time.
 *
 * <p>When anything is not understood, the answer is the whole of time.
 */
final class NeededRanges {
  private static final Logger LOG = LoggerFactory.getLogger(NeededRanges.class);

  /** Rows that a stand-in claims to have; it is planned with and never read. */
  private static final int CLAIMED_ROWS = 1_000_000;

  /** Without any of these there is no condition on a time. */
  private static final Pattern COMPARISON =
      Pattern.compile("[<>=]|\\bbetween\\b|\\bin\\b|\\busing\\b", Pattern.CASE_INSENSITIVE);

  private final DuckSession duck;
  private final Map<String, Relation> relations;
  private final Map<String, TimeRange> found = new HashMap<>();

  /** Names of paths have equal signs in them: {@code "/reduced/site/res=1h.series"}. */
  private static final Pattern NAME = Pattern.compile("\"[^\"]*\"");

  private NeededRanges(DuckSession duck, Map<String, Relation> relations) {
    this.duck = duck;
    this.relations = relations;
  }

  /**
   * Answers the ranges by name; what is not in the map is needed as a whole. Views of these names
   * are replaced, so the caller makes them after this.
   *
   * @param relations everything the query reads, by name, but tables that are there already
   */
  static Map<String, TimeRange> find(
      DuckSession duck, String userSql, Map<String, Relation> relations) {
    String query = ExplainPrefix.remove(userSql);
    // What the engine works out while planning would have another value in a later plan.
    boolean mayHaveRanges =
        COMPARISON.matcher(NAME.matcher(query).replaceAll("name")).find()
            && !VolatileSql.asksTheClock(query)
            && relations.values().stream().anyMatch(relation -> relation.time().isPresent());
    if (!mayHaveRanges) {
      return Map.of();
    }
    try {
      return new NeededRanges(duck, relations).ofPlan(query);
    } catch (DuckException | JsonException e) {
      // Mistakes of the query are told when it runs.
      LOG.debug("no plan over stand-ins for: {}", userSql, e);
      return Map.of();
    }
  }

  private Map<String, TimeRange> ofPlan(String query) {
    Map<String, String> names = new HashMap<>();
    relations.forEach((name, relation) -> {
      String mark = "stand-in " + names.size();
      names.put(mark, name);
      duck.execute(standIn(name, relation, mark));
    });
    Sql plan =
        new SqlBuilder()
            .text("SELECT json_serialize_plan(")
            .literal(query)
            .text(", skip_null := true, skip_default := true, optimize := true)")
            .build();
    JsonObject answer = Json.parse(duck.list(plan, rows -> rows.text(0)).getFirst()).asObject();
    List<JsonObject> plans = objects(answer, "plans");
    if (plans.size() == 1) {
      visit(plans.getFirst(), List.of(), names);
    }
    return found;
  }

  /** A view over a table function without statistics, which no condition can be pushed into. */
  private static Sql standIn(String name, Relation relation, String mark) {
    List<Sql> columns = new ArrayList<>();
    List<Sql> nulls = new ArrayList<>();
    for (RelationColumn column : relation.columns()) {
      columns.add(
          Sql.identifier("column" + columns.size())
              .plus(" AS ")
              .plus(Sql.identifier(column.name())));
      nulls.add(Sql.of("CAST(NULL AS ").plus(Sql.type(column.type())).plus(")"));
    }
    return new SqlBuilder()
        .text("CREATE OR REPLACE VIEW ")
        .identifier(name)
        .text(" AS SELECT ")
        .append(Sql.list(columns, ", "))
        .text(" FROM repeat_row(")
        .append(Sql.list(nulls, ", "))
        .text(", ")
        .literal(mark)
        .text(", num_rows = ")
        .literal(CLAIMED_ROWS)
        .text(")")
        .build();
  }

  /**
   * Looks at an operator and what is below it.
   *
   * @param conditions those of the filter straight above
   */
  private void visit(
      JsonObject operator, List<JsonObject> conditions, Map<String, String> namesByMark) {
    Optional<String> name =
        objects(operator, "parameters").stream()
            .flatMap(parameter -> parameter.findText("value").stream())
            .flatMap(mark -> Optional.ofNullable(namesByMark.get(mark)).stream())
            .findFirst();
    if (name.isPresent()) {
      TimeRange range = range(operator, conditions, requireNonNull(relations.get(name.get())));
      found.merge(name.get(), range, NeededRanges::hull);
    }
    boolean isFilter = operator.findText("type").equals(Optional.of("LOGICAL_FILTER"));
    List<JsonObject> own = isFilter ? objects(operator, "expressions") : List.of();
    for (JsonObject child : objects(operator, "children")) {
      visit(child, own, namesByMark);
    }
  }

  private static TimeRange range(JsonObject scan, List<JsonObject> conditions, Relation relation) {
    Optional<Integer> time = columnOfTime(relation);
    if (time.isEmpty() || !objects(scan, "projection_ids").isEmpty()) {
      return TimeRange.ALL;
    }
    List<Long> columns =
        objects(scan, "column_indexes").stream().map(c -> c.findLong("index").orElse(0)).toList();
    int reference = columns.indexOf(Long.valueOf(time.get()));
    TimeRange range = TimeRange.ALL;
    for (JsonObject condition : conditions) {
      range = range.intersect(new TimeComparison(reference).range(condition));
    }
    return range;
  }

  private static Optional<Integer> columnOfTime(Relation relation) {
    List<RelationColumn> columns = relation.columns();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      if (relation.time().filter(time -> time.name().equals(name)).isPresent()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  static TimeRange hull(TimeRange a, TimeRange b) {
    return new TimeRange(
        Math.min(a.fromMicros(), b.fromMicros()), Math.max(a.toMicros(), b.toMicros()));
  }

  static List<JsonObject> objects(JsonObject object, String member) {
    return object.find(member).stream()
        .flatMap(value -> value.asArray().stream())
        .filter(JsonObject.class::isInstance)
        .map(Json::asObject)
        .toList();
  }
}
