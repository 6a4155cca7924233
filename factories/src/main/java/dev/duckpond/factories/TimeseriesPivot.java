package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.config.Field;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeOrigin;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the same columns of many series side by side, named by what the pattern captured. */
final class TimeseriesPivot implements Kind<TimeseriesPivot.Config> {
  record Config(
      At<PondUrl> pattern,
      List<At<String>> columns,
      Optional<At<String>> time,
      List<At<PondPath>> transforms) {
    String timeName() {
      return time.map(At::value).orElse(ConfigShapes.DEFAULT_TIME);
    }
  }

  private static final Field<At<PondUrl>> PATTERN =
      Field.required("pattern", ConfigShapes.url(), "The series; a wildcard names them.");
  private static final Field<List<At<String>>> COLUMNS =
      Field.required(
          "columns",
          Shapes.listOf(Shapes.at(Shapes.text()), 1),
          "The columns to take of each; one that a series lacks is NULL.");
  private static final Field<At<String>> TIME = ConfigShapes.commonTime("series");
  private static final Field<List<At<PondPath>>> TRANSFORMS = ConfigShapes.transforms();
  private static final ObjectShape<Config> SHAPE =
      ObjectShape.of(
          "a pivot",
          List.of(PATTERN, COLUMNS, TIME, TRANSFORMS),
          fields -> {
            if (PathPattern.parse(fields.value(PATTERN).value().path()).isLiteral()) {
              fields.mistake(
                  PATTERN,
                  "the pattern has no wildcard",
                  "The columns are named by what it captures.");
            }
            return new Config(
                fields.value(PATTERN),
                fields.value(COLUMNS),
                fields.find(TIME),
                fields.value(TRANSFORMS));
          });

  @Override
  public String name() {
    return "timeseries-pivot";
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
    return "puts the same columns of many series side by side";
  }

  @Override
  public String example() {
    return """
    pattern: /combined/*
    columns: [AT500_Surface.Temperature.C, AT500_Bottom.Temperature.C]
    """;
  }

  @Override
  public List<NodeOrigin.Input> inputs(Config config) {
    return ConfigShapes.inputs("pattern", config.pattern(), config.transforms());
  }

  @Override
  public DynamicNode open(NodeSite site, Config config) {
    return new ComputedRows(site, session -> relation(site, config, session));
  }

  private static Relation relation(NodeSite site, Config config, QuerySession session) {
    Inputs inputs = new Inputs(site, session);
    List<InstantJoin.Branch> branches = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    Set<String> found = new LinkedHashSet<>();
    for (PathMatch match : inputs.match(config.pattern())) {
      Relation relation =
          inputs.timed(
              inputs.read(config.pattern(), List.of(match), config.transforms()),
              config.time(),
              config.pattern().place(),
              match.path().toString());
      Map<String, InstantJoin.Source> columns = new LinkedHashMap<>();
      List<String> names = relation.columns().stream().map(RelationColumn::name).toList();
      known.addAll(names);
      known.remove(relation.time().orElseThrow().name());
      for (At<String> column : config.columns()) {
        String output = Inputs.label(match) + "." + column.value();
        boolean isThere = names.contains(column.value());
        if (isThere) {
          found.add(column.value());
        }
        columns.put(
            output,
            isThere
                ? new InstantJoin.Source.Column(column.value())
                : new InstantJoin.Source.Missing());
      }
      branches.add(new InstantJoin.Branch(owner(match, config), relation, TimeRange.ALL, columns));
    }
    for (At<String> column : config.columns()) {
      if (!known.isEmpty() && !found.contains(column.value())) {
        throw site.invalid(
            column.place(),
            "no series has a column '" + column.value() + "'",
            DidYouMean.sentence(column.value(), known, "Run 'pond describe' on one of them."));
      }
    }
    return new InstantJoin(config.timeName(), branches)
        .relation(site, session, "Rename one of the series, or take one of them alone.");
  }

  /** Different captures may come to the same label. */
  private static InstantJoin.Owner owner(PathMatch match, Config config) {
    List<String> key = new ArrayList<>(match.captures().texts());
    key.add(Inputs.label(match));
    return new InstantJoin.Owner(key, "'" + match.path() + "'", config.pattern().place());
  }
}
