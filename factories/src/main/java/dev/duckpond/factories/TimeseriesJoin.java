package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.Field;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeOrigin;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins series on their times, the columns of each under the name of its scope. */
final class TimeseriesJoin implements Kind<TimeseriesJoin.Config> {
  /**
   * A join.
   *
   * @param time the name of the time column, when the configuration says one
   */
  record Config(Optional<At<String>> time, List<Input> inputs) {
    String timeName() {
      return time.map(At::value).orElse(ConfigShapes.DEFAULT_TIME);
    }
  }

  /** One of the inputs. */
  record Input(
      At<PondUrl> pattern,
      Optional<At<String>> scope,
      TimeRange range,
      List<At<PondPath>> transforms) {
    Optional<String> scopeName() {
      return scope.map(At::value);
    }

    /** Inputs of one scope are united, and so are those of none. */
    InstantJoin.Owner owner() {
      return new InstantJoin.Owner(
          scope.stream().map(At::value).toList(),
          scope.map(name -> "the scope '" + name.value() + "'").orElse("an input without a scope"),
          scope.map(At::place).orElse(pattern.place()));
    }
  }

  private static final Field<Instant> BEGIN =
      Field.optional("begin", ConfigShapes.instant(), "The first instant that counts.");
  private static final Field<Instant> END =
      Field.optional("end", ConfigShapes.instant(), "The first instant that no longer counts.");
  private static final ObjectShape<TimeRange> RANGE =
      ObjectShape.of(
          "a range of time",
          List.of(BEGIN, END),
          fields -> {
            Optional<Instant> begin = fields.find(BEGIN);
            Optional<Instant> end = fields.find(END);
            if (begin.isPresent() && end.isPresent() && !begin.get().isBefore(end.get())) {
              fields.mistake(END, "the range ends before it begins", "Exchange begin and end.");
              return TimeRange.ALL;
            }
            return TimeRange.between(begin, end);
          });

  private static final Field<At<PondUrl>> PATTERN =
      Field.required("pattern", ConfigShapes.url(), "What to read; matches are united.");
  private static final Field<At<String>> SCOPE =
      Field.optional(
          "scope",
          Shapes.at(Shapes.text()),
          "Goes before the column names: scope.column. Inputs of one"
              + " scope are united, the later ones win.");
  private static final Field<TimeRange> IN_RANGE =
      Field.optional("range", RANGE, "The instants of this input that count, half-open.");
  private static final Field<List<At<PondPath>>> TRANSFORMS = ConfigShapes.transforms();
  private static final ObjectShape<Input> INPUT =
      ObjectShape.of(
          "an input",
          List.of(PATTERN, SCOPE, IN_RANGE, TRANSFORMS),
          fields -> {
            if (fields.find(SCOPE).filter(scope -> scope.value().isEmpty()).isPresent()) {
              fields.mistake(
                  SCOPE, "the scope is empty", "Write a name, or leave 'scope' out for none.");
            }
            return new Input(
                fields.value(PATTERN),
                fields.find(SCOPE),
                fields.find(IN_RANGE).orElse(TimeRange.ALL),
                fields.value(TRANSFORMS));
          });

  private static final Field<At<String>> TIME = ConfigShapes.commonTime("inputs");
  private static final Field<List<Input>> INPUTS =
      Field.required("inputs", Shapes.listOf(INPUT, 2), "What to join, at least two.");
  private static final ObjectShape<Config> SHAPE =
      ObjectShape.of(
          "a join",
          List.of(TIME, INPUTS),
          fields -> new Config(fields.find(TIME), fields.value(INPUTS)));

  @Override
  public String name() {
    return "timeseries-join";
  }

  @Override
  public EntryType type() {
    return EntryType.TABLE_DYNAMIC;
  }

  @Override
  public Shape<Config> shape() {
    return SHAPE;
  }

  @Override
  public String summary() {
    return "joins series on their times, columns named by scope";
  }

  @Override
  public String example() {
    return """
    inputs:
      - pattern: /devices/**/Vulink_2*.series
        scope: Vulink
        range: {end: 2024-05-30T00:00:00Z}
      - pattern: /devices/**/Vulink_3*.series
        scope: Vulink
        range: {begin: 2024-05-30T00:00:00Z}
      - pattern: /devices/**/AT500_2*.series
        scope: AT500_Surface
    """;
  }

  @Override
  public List<NodeOrigin.Input> inputs(Config config) {
    return config.inputs().stream()
        .flatMap(input ->
            ConfigShapes.inputs(
                input.scopeName().orElse("input"), input.pattern(), input.transforms())
                .stream())
        .toList();
  }

  @Override
  public DynamicNode open(NodeSite site, Config config) {
    return new ComputedRows(site, session -> relation(site, config, session));
  }

  private static Relation relation(NodeSite site, Config config, QuerySession session) {
    Inputs inputs = new Inputs(site, session);
    List<InstantJoin.Branch> branches = new ArrayList<>();
    Map<String, List<Relation>> scopes = new LinkedHashMap<>();
    for (Input input : config.inputs()) {
      Optional<Relation> found = inputs.find(input.pattern(), input.transforms());
      if (found.isEmpty()) {
        continue;
      }
      Relation relation =
          inputs.timed(
              found.get(),
              config.time(),
              input.pattern().place(),
              input.pattern().value().toString());
      branches.add(
          new InstantJoin.Branch(
              input.owner(), relation, input.range(), columns(relation, input.scopeName())));
      List<Relation> scope =
          scopes.computeIfAbsent(input.scopeName().orElse(""), _ -> new ArrayList<>());
      scope.add(relation);
      requireUnitable(site, session, scope, input.pattern().place());
    }
    return new InstantJoin(config.timeName(), branches)
        .relation(
            site,
            session,
            "Give one of them another scope, or rename the column with a transform"
                + " (column-rename).");
  }

  private static Map<String, InstantJoin.Source> columns(
      Relation relation, Optional<String> scope) {
    String time = relation.time().orElseThrow().name();
    Map<String, InstantJoin.Source> columns = new LinkedHashMap<>();
    for (RelationColumn column : relation.columns()) {
      if (!column.name().equals(time)) {
        String name = scope.map(prefix -> prefix + "." + column.name()).orElse(column.name());
        columns.put(name, new InstantJoin.Source.Column(column.name()));
      }
    }
    return columns;
  }

  /** Values of one column come of several inputs, so their types must go together. */
  private static void requireUnitable(
      NodeSite site, QuerySession session, List<Relation> scope, ConfigPlace place) {
    if (scope.size() < 2) {
      return;
    }
    try {
      session.union(scope);
    } catch (PondException.Invalid e) {
      throw site.invalid(
          place, "the inputs of one scope do not go together: " + e.reason(), e.remedy());
    }
  }
}
