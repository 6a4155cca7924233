package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.config.Field;
import dev.duckpond.config.Fields;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.json.Json;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.CaptureTemplate;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeOrigin;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A directory of downsampled series: for each source and resolution one. */
final class TemporalReduce implements Kind<TemporalReduce.Config> {
  /** What is reduced to what. */
  record Config(
      At<PondUrl> in,
      At<CaptureTemplate> out,
      Optional<At<String>> time,
      List<Resolution> resolutions,
      List<Reduction.Request> requests,
      List<At<PondPath>> transforms) {}

  private static final Field<At<PondUrl>> IN =
      Field.required("in_pattern", ConfigShapes.url(), "The sources.");
  private static final Field<String> OUT =
      Field.required(
          "out_pattern",
          Shapes.text(),
          "The directory of each source's results; $0, $1 are what the pattern captured.");
  private static final Field<At<String>> TIME =
      Field.optional(
          "time_column", Shapes.at(Shapes.text()), "The time column of the sources and results.");
  private static final Field<List<At<String>>> RESOLUTIONS =
      Field.required(
          "resolutions",
          Shapes.listOf(Shapes.at(Shapes.text()), 1),
          "The widths of the buckets: 30s, 15m, 1h, 1d, 1w, 1mo, 1q, 1y.");
  private static final Field<Aggregate> TYPE =
      Field.required("type", Shapes.oneOf(Aggregate.byWord()), "What a bucket tells.");
  private static final Field<List<At<ColumnGlob>>> COLUMNS =
      Field.optional(
          "columns",
          Shapes.listOf(Shapes.at(Shapes.parsed("a column or pattern", ColumnGlob::new)), 1),
          "The columns, patterns allowed; all that hold numbers when left out. [\"*\"] with count"
              + " counts rows.");
  private static final ObjectShape<Reduction.Request> REQUEST =
      ObjectShape.of(
          "an aggregation",
          List.of(TYPE, COLUMNS),
          fields -> new Reduction.Request(fields.value(TYPE), fields.find(COLUMNS)));
  private static final Field<List<Reduction.Request>> AGGREGATIONS =
      Field.required("aggregations", Shapes.listOf(REQUEST, 1), "What is computed.");
  private static final Field<List<At<PondPath>>> TRANSFORMS = ConfigShapes.transforms();
  private static final Field<ZoneId> ZONE =
      Field.optional(
          "timezone",
          ConfigShapes.zone(),
          ZoneOffset.UTC,
          Json.of("UTC"),
          "Where days, weeks, months and years begin.");
  private static final Field<Duration> LATENESS =
      Field.optional(
          "allowed_lateness",
          ConfigShapes.duration(),
          Duration.ZERO,
          Json.of("0s"),
          "Taken from older configurations; it changes nothing, readings count however late they are.");

  private static final ObjectShape<Config> SHAPE =
      ObjectShape.of(
              "a reduction",
              List.of(IN, OUT, TIME, RESOLUTIONS, AGGREGATIONS, TRANSFORMS, ZONE, LATENESS),
              fields ->
                  new Config(
                      fields.value(IN),
                      new At<>(fields.place(OUT), out(fields)),
                      fields.find(TIME),
                      fields.value(RESOLUTIONS).stream()
                          .map(text -> Resolution.parse(text.value(), fields.value(ZONE)))
                          .toList(),
                      fields.value(AGGREGATIONS),
                      fields.value(TRANSFORMS)))
          .withRule(List.of(IN, OUT), TemporalReduce::checkOut)
          .withRule(List.of(RESOLUTIONS), TemporalReduce::checkResolutions);

  private static CaptureTemplate out(Fields fields) {
    int captures = PathPattern.parse(fields.value(IN).value().path()).captureCount();
    return CaptureTemplate.parse(fields.value(OUT), captures);
  }

  private static void checkOut(Fields fields) {
    try {
      CaptureTemplate _ = out(fields);
    } catch (PondException e) {
      fields.mistakes().add(fields.place(OUT), e);
    }
  }

  /** What a width means depends on the zone; whether it is one does not. */
  private static void checkResolutions(Fields fields) {
    Set<String> texts = new HashSet<>();
    for (At<String> text : fields.value(RESOLUTIONS)) {
      try {
        Resolution _ = Resolution.parse(text.value(), ZoneOffset.UTC);
        if (!texts.add(text.value())) {
          fields.mistake(RESOLUTIONS, "a resolution stands here twice", "Leave one.");
        }
      } catch (PondException e) {
        fields.mistakes().add(text.place(), e);
      }
    }
  }

  @Override
  public String name() {
    return "temporal-reduce";
  }

  @Override
  public EntryType type() {
    return EntryType.DYNAMIC_DIRECTORY;
  }

  @Override
  public Shape<Config> shape() {
    return SHAPE;
  }

  @Override
  public String summary() {
    return "downsamples series: averages, extremes and more for each hour, day or month";
  }

  @Override
  public String example() {
    return """
    in_pattern: /combined/*
    out_pattern: $0
    time_column: timestamp
    resolutions: [1h, 4h, 1d]
    aggregations:
      - {type: avg}
      - {type: min, columns: ['*.Temperature.C']}
      - {type: count, columns: ['*']}
    """;
  }

  @Override
  public List<NodeOrigin.Input> inputs(Config config) {
    return ConfigShapes.inputs("in_pattern", config.in(), config.transforms());
  }

  @Override
  public DynamicNode open(NodeSite site, Config config) {
    return new ReducedDirectory(site, config);
  }
}
