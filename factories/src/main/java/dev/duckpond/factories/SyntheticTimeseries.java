package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.config.Field;
import dev.duckpond.config.Fields;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.config.VariantShape;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.json.Json;
import dev.duckpond.query.Computation;
import dev.duckpond.query.Derivation;
import dev.duckpond.query.Reach;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A series of waves and noise, for trials and tests. */
final class SyntheticTimeseries implements Kind<SyntheticSeries> {
  /** Rows of one series; a mistake in the interval is not to fill the machine. */
  private static final long MAX_ROWS = 1_000_000_000L;

  private static final long LARGEST_SEED = (1L << 31) - 1;

  private static final Field<Double> AMPLITUDE =
      Field.optional("amplitude", Shapes.number(), 1.0, Json.of(1.0), "Half of the height.");
  private static final Field<Duration> PERIOD =
      Field.required("period", ConfigShapes.duration(), "The length of one wave.");
  private static final Field<Double> OFFSET =
      Field.optional("offset", Shapes.number(), 0.0, Json.of(0.0), "The middle.");
  private static final Field<Double> PHASE =
      Field.optional("phase", Shapes.number(), 0.0, Json.of(0.0), "The shift, in radians.");
  private static final Field<Double> SLOPE =
      Field.optional("slope", Shapes.number(), 0.0, Json.of(0.0), "The rise in a second.");
  private static final Field<Long> SEED =
      Field.optional("seed", Shapes.integer(0, LARGEST_SEED), 0L, Json.of(0), "Decides the noise.");

  private static final List<Field<?>> WAVE = List.of(AMPLITUDE, PERIOD, OFFSET, PHASE);
  private static final Field<List<Waveform>> COMPONENTS =
      Field.required("components", Shapes.listOf(component(), 1), "The value is their sum.");
  private static final Field<String> NAME =
      Field.required("name", Shapes.text(), "The name of the column.");
  private static final ObjectShape<SyntheticSeries.Point> POINT =
      ObjectShape.of(
          "a column",
          List.of(NAME, COMPONENTS),
          fields -> new SyntheticSeries.Point(fields.value(NAME), fields.value(COMPONENTS)));

  private static final Field<Instant> START =
      Field.required("start", ConfigShapes.instant(), "The first instant.");
  private static final Field<Instant> END =
      Field.required("end", ConfigShapes.instant(), "The last instant, if a step leads to it.");
  private static final Field<Duration> INTERVAL =
      Field.required("interval", ConfigShapes.duration(), "The step.");
  private static final Field<String> TIME =
      Field.optional("time_column", Shapes.text(), "timestamp", "The name of the time column.");
  private static final Field<List<At<SyntheticSeries.Point>>> POINTS =
      Field.required("points", Shapes.listOf(Shapes.at(POINT), 1), "The columns.");
  private static final ObjectShape<SyntheticSeries> SHAPE =
      ObjectShape.of(
          "a synthetic series",
          List.of(START, END, INTERVAL, TIME, POINTS),
          fields -> {
            Instant start = fields.value(START);
            Instant last = fields.value(END);
            if (last.isBefore(start)) {
              fields.mistake(END, "the series ends before it starts", "Exchange start and end.");
              last = start;
            }
            SyntheticSeries series =
                new SyntheticSeries(
                    start,
                    last.plusMillis(1),
                    fields.value(INTERVAL),
                    fields.value(TIME),
                    points(fields));
            if (series.rowCount() > MAX_ROWS) {
              fields.mistake(
                  INTERVAL,
                  "these are " + series.rowCount() + " rows",
                  "At most " + MAX_ROWS + " can be made; use a longer interval.");
            }
            return series;
          });

  /** Leaves out the columns that cannot be, once they are told. */
  private static List<SyntheticSeries.Point> points(Fields fields) {
    String time = fields.value(TIME);
    if (time.isEmpty()) {
      fields.mistake(TIME, "the time column has no name", "Write one, or leave the key out.");
    }
    // SQL does not tell letter case apart in names.
    Map<String, String> taken = new HashMap<>(Map.of(time.toLowerCase(Locale.ROOT), time));
    List<SyntheticSeries.Point> points = new ArrayList<>();
    for (At<SyntheticSeries.Point> point : fields.value(POINTS)) {
      String name = point.value().name();
      String other = taken.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (name.isEmpty()) {
        fields.mistakes().add(point.place(), "the column has no name", "Write one.");
      } else if (other == null) {
        points.add(point.value());
      } else {
        fields
            .mistakes()
            .add(
                point.place(),
                name.equals(other)
                    ? "two columns are named '" + name + "'"
                    : "the columns '" + other + "' and '" + name + "' differ in letter case alone",
                "Give one of them another name"
                    + (name.equalsIgnoreCase(time) ? ", or the time with 'time_column:'." : "."));
      }
    }
    return points;
  }

  private static Shape<Waveform> component() {
    Map<String, ObjectShape<? extends Waveform>> kinds = new LinkedHashMap<>();
    kinds.put(
        "sine",
        ObjectShape.of(
            "a sine",
            WAVE,
            fields ->
                new Waveform.Sine(
                    fields.value(AMPLITUDE),
                    fields.value(PERIOD),
                    fields.value(OFFSET),
                    fields.value(PHASE))));
    kinds.put(
        "triangle",
        ObjectShape.of(
            "a triangle wave",
            WAVE,
            fields ->
                new Waveform.Triangle(
                    fields.value(AMPLITUDE),
                    fields.value(PERIOD),
                    fields.value(OFFSET),
                    fields.value(PHASE))));
    kinds.put(
        "square",
        ObjectShape.of(
            "a square wave",
            WAVE,
            fields ->
                new Waveform.Square(
                    fields.value(AMPLITUDE),
                    fields.value(PERIOD),
                    fields.value(OFFSET),
                    fields.value(PHASE))));
    kinds.put(
        "line",
        ObjectShape.of(
            "a line",
            List.of(OFFSET, SLOPE),
            fields -> new Waveform.Line(fields.value(OFFSET), fields.value(SLOPE))));
    kinds.put(
        "noise",
        ObjectShape.of(
            "noise",
            List.of(AMPLITUDE, SEED),
            fields -> new Waveform.Noise(fields.value(AMPLITUDE), fields.value(SEED))));
    return VariantShape.of("a component", "type", kinds);
  }

  @Override
  public String name() {
    return "synthetic-timeseries";
  }

  @Override
  public EntryType type() {
    return EntryType.TABLE_DYNAMIC;
  }

  @Override
  public Shape<SyntheticSeries> shape() {
    return SHAPE;
  }

  @Override
  public String summary() {
    return "makes a series of waves and noise; nothing is stored";
  }

  @Override
  public String example() {
    return """
    start: 2025-01-01T00:00:00Z
    end: 2025-12-31T23:00:00Z
    interval: 1h
    points:
      - name: temperature.C
        components:
          - {type: sine, amplitude: 4.0, period: 24h, offset: 14.0}
          - {type: noise, amplitude: 0.2, seed: 7}
    """;
  }

  @Override
  public DynamicNode open(NodeSite site, SyntheticSeries series) {
    return new ComputedRows(
        site,
        session ->
            session.computed(
                new Computation(
                    site.path().toString(),
                    range -> select(series, range),
                    Optional.of(series.timeColumn()),
                    new Derivation("synthetic " + series, Reach.INSTANT),
                    List.of())));
  }

  private static Sql select(SyntheticSeries series, TimeRange range) {
    SqlBuilder sql = new SqlBuilder().text("SELECT * FROM (").append(series.select()).text(")");
    if (!range.equals(TimeRange.ALL)) {
      sql.text(" WHERE ").append(TimeCondition.within(Sql.identifier(series.timeColumn()), range));
    }
    return sql.build();
  }
}
