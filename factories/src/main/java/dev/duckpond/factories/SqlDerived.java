package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.config.Field;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.query.Derivation;
import dev.duckpond.query.Extent;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Reach;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.TimeHints;
import dev.duckpond.query.VolatileSql;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeOrigin;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows that a query makes of other nodes, which it knows by names of its own. */
final class SqlDerived implements Kind<SqlDerived.Config> {
  /** How many nodes one name may stand for. */
  enum Matches {
    ONE,
    MANY
  }

  /** A query; without one, everything of the only name. */
  record Config(
      Map<String, At<PondUrl>> patterns,
      Optional<At<String>> query,
      List<At<PondPath>> transforms) {}

  private static final Pattern UNKNOWN_COLUMN =
      Pattern.compile("Referenced column \"([^\"]+)\" not found");
  private static final Pattern LINE = Pattern.compile("LINE (\\d+):");

  private static final Field<Map<String, At<PondUrl>>> PATTERNS =
      Field.required(
          "patterns", Shapes.mapOf(ConfigShapes.url(), 1), "What the query reads, by name.");
  private static final Field<At<String>> QUERY =
      Field.optional(
          "query",
          Shapes.at(Shapes.text()),
          "One SELECT over the names; everything of the only name when left out.");
  private static final Field<List<At<PondPath>>> TRANSFORMS = ConfigShapes.transforms();

  private static final ObjectShape<Config> SHAPE =
      ObjectShape.of(
          "a query over patterns",
          List.of(PATTERNS, QUERY, TRANSFORMS),
          fields -> {
            Map<String, At<PondUrl>> patterns = fields.value(PATTERNS);
            if (patterns.size() > 1 && !fields.has(QUERY)) {
              fields.mistake(
                  PATTERNS,
                  "there are " + patterns.size() + " names and no query",
                  "Add 'query:', a SELECT over them.");
            }
            Set<String> seen = new LinkedHashSet<>();
            for (String name : patterns.keySet()) {
              if (name.isEmpty() || !seen.add(name.toLowerCase(Locale.ROOT))) {
                fields.mistake(
                    PATTERNS,
                    "SQL does not tell the name '" + name + "' from another",
                    "Change it.");
              }
            }
            return new Config(patterns, fields.find(QUERY), fields.value(TRANSFORMS));
          });

  private final String name;
  private final Matches matches;

  SqlDerived(String name, Matches matches) {
    this.name = name;
    this.matches = matches;
  }

  @Override
  public String name() {
    return name;
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
    return switch (matches) {
      case ONE -> "makes a table with a query over tables, one file to a name";
      case MANY -> "makes a series with a query over series; matches of a pattern are united";
    };
  }

  @Override
  public String example() {
    return """
    patterns:
      dock: /combined/BDock
      river: /rivers/*.series
    query: |
      SELECT dock.timestamp, dock."AT500_Surface.Temperature.C" - river.temperature AS warmer
      FROM dock JOIN river USING (timestamp)
    """;
  }

  @Override
  public List<NodeOrigin.Input> inputs(Config config) {
    List<NodeOrigin.Input> all = new ArrayList<>();
    config.patterns().forEach((name, url) -> all.addAll(ConfigShapes.inputs(name, url, List.of())));
    config
        .transforms()
        .forEach(
            transform -> all.add(new NodeOrigin.Input("transform", transform.value().toString())));
    return all;
  }

  @Override
  public DynamicNode open(NodeSite site, Config config) {
    return new ComputedRows(site, session -> relation(site, config, session));
  }

  private Relation relation(NodeSite site, Config config, QuerySession session) {
    Inputs inputs = new Inputs(site, session);
    Map<String, Relation> relations = new LinkedHashMap<>();
    for (Map.Entry<String, At<PondUrl>> pattern : config.patterns().entrySet()) {
      List<PathMatch> found = inputs.match(pattern.getValue());
      if (found.isEmpty()) {
        // Of columns that nobody knows no query can be made; Inputs has told why.
        return inputs.nothing();
      }
      if (matches == Matches.ONE && found.size() > 1) {
        throw site.invalid(
            pattern.getValue().place(),
            "'" + pattern.getValue().value() + "' matches " + found.size() + " files",
            "Name one of them, or use sql-derived-series, which unites them.");
      }
      relations.put(pattern.getKey(), inputs.read(pattern.getValue(), found, config.transforms()));
    }
    Sql query = query(site, config, session, relations);
    return session
        .queried(
            query,
            TimeHints.NONE,
            extents(config, relations),
            derivation(config, relations),
            site.path().toString())
        .noting(units(config, relations));
  }

  /** Answers the user's query with the names it uses as common table expressions around it. */
  private static Sql query(
      NodeSite site, Config config, QuerySession session, Map<String, Relation> relations) {
    Sql user =
        config.query().isPresent()
            ? checked(site, config.query().get(), session)
            : Sql.of("SELECT * FROM ").plus(Sql.identifier(relations.keySet().iterator().next()));
    List<Sql> names = new ArrayList<>();
    relations.forEach((name, relation) ->
        names.add(
            new SqlBuilder()
                .identifier(name)
                .text(" AS NOT MATERIALIZED (")
                .append(relation.select(TimeRange.ALL))
                .text(")")
                .build()));
    Sql whole =
        new SqlBuilder()
            .text("WITH ")
            .append(Sql.list(names, ", "))
            .text(" SELECT * FROM (")
            .append(user)
            .text("\n)")
            .build();
    if (config.query().isPresent()) {
      requireBinding(site, config.query().get(), session, whole, relations);
    }
    return whole;
  }

  private static Sql checked(NodeSite site, At<String> query, QuerySession session) {
    try {
      return session.duck().requireSelect(query.value());
    } catch (DuckException e) {
      String remedy =
          reason(e).startsWith("only a single query")
              ? "Write one SELECT; a node computes rows and changes nothing."
              : "See the examples of 'pond help sql'.";
      throw site.invalid(query.place(), "the query is wrong: " + reason(e), remedy);
    }
  }

  /** Finds mistakes in names here, where they can be told with their place. */
  private static void requireBinding(
      NodeSite site,
      At<String> query,
      QuerySession session,
      Sql whole,
      Map<String, Relation> relations) {
    try {
      session.duck().columns(whole);
    } catch (DuckException e) {
      Matcher column = UNKNOWN_COLUMN.matcher(String.valueOf(e.getMessage()));
      String remedy = "";
      if (column.find()) {
        List<String> known =
            relations.values().stream()
                .flatMap(relation -> relation.columns().stream())
                .map(RelationColumn::name)
                .distinct()
                .toList();
        remedy = DidYouMean.sentence(column.group(1), known, "Known are " + firstOf(known) + ".");
      }
      throw site.invalid(query.place(), "the query is wrong: " + reason(e), remedy);
    }
  }

  private static String firstOf(List<String> names) {
    int shown = 10;
    return String.join(", ", names.subList(0, Math.min(shown, names.size())))
        + (names.size() > shown ? ", …" : "");
  }

  private static String reason(DuckException e) {
    String message = String.valueOf(e.getMessage());
    return LINE.matcher(message).find() ? message.lines().findFirst().orElse("") : message;
  }

  private static List<Extent> extents(Config config, Map<String, Relation> relations) {
    if (config.query().filter(query -> VolatileSql.mayChange(query.value())).isPresent()) {
      return List.of();
    }
    List<Extent> all = new ArrayList<>();
    for (Relation relation : relations.values()) {
      List<Extent> extents = relation.extents();
      if (extents.isEmpty()) {
        return List.of();
      }
      all.addAll(extents);
    }
    return all;
  }

  /** Of what a query computes only names can tell the unit; without one, rows pass as they are. */
  private static ColumnUnits units(Config config, Map<String, Relation> relations) {
    return config.query().isPresent()
        ? ColumnUnits.NONE
        : ColumnUnits.notedOn(relations.values().iterator().next().columns());
  }

  private static Derivation derivation(Config config, Map<String, Relation> relations) {
    StringBuilder text = new StringBuilder("sql ");
    config.query().ifPresent(query -> text.append(query.value()));
    relations.forEach((name, relation) ->
        text.append("; ").append(name).append(" = ").append(relation.derivation().text()));
    // A query without a text passes rows on as they are; of others nobody knows.
    Reach reach =
        config.query().isPresent()
            ? Reach.ANY
            : Reach.ofAll(relations.values().stream().map(r -> r.derivation().reach()).toList());
    return new Derivation(text.toString(), reach);
  }
}
