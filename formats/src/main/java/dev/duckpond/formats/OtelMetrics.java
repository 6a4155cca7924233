package dev.duckpond.formats;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Collects data points in a long table, which becomes a wide one: a row for each instant, a column
 * for each metric. Of several values of one metric at one instant the last in the file counts.
 */
final class OtelMetrics implements AutoCloseable {
  private static final Map<String, CellType> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("micros", CellType.BIGINT);
    COLUMNS.put("series", CellType.INTEGER);
    COLUMNS.put("number", CellType.BIGINT);
    COLUMNS.put("value", CellType.DOUBLE);
  }

  /** Data points of these have a value; those of the others a summary. */
  private static final List<String> VALUED = List.of("gauge", "sum");

  private static final List<String> SUMMARISED =
      List.of("histogram", "exponentialHistogram", "summary");

  private static final List<String> SUMMARY_PARTS = List.of("count", "sum", "min", "max");

  /** The bit of a data point's flags that says that there is no value. */
  private static final long NO_RECORDED_VALUE = 1;

  private final Conversion conversion;
  private final OtelSeries series;
  private final StagedRows staged;
  private long number;

  OtelMetrics(Conversion conversion) {
    this.conversion = conversion;
    this.series = new OtelSeries(conversion.label());
    this.staged = new StagedRows(conversion.duck(), COLUMNS);
  }

  /** One value, before it is known that its whole line is fit. */
  private record Point(String metric, Map<String, Json> attributes, long micros, double value) {}

  /**
   * Takes a request with all its data points, or none of them.
   *
   * @throws dev.duckpond.json.JsonException when it has another shape
   */
  void add(JsonObject request) {
    List<Point> points = new ArrayList<>();
    for (Json each : OtelValue.list(request, "resourceMetrics")) {
      JsonObject resourceMetrics = each.asObject();
      Map<String, Json> resource =
          resourceMetrics
              .findValue("resource")
              .map(known -> OtelValue.attributes(known.asObject(), "attributes"))
              .orElse(Map.of());
      for (Json scope : OtelValue.list(resourceMetrics, "scopeMetrics")) {
        for (Json metric : OtelValue.list(scope.asObject(), "metrics")) {
          addMetric(metric.asObject(), resource, points);
        }
      }
    }
    points.forEach(this::append);
  }

  private static void addMetric(JsonObject metric, Map<String, Json> resource, List<Point> points) {
    String name = metric.require("name").text();
    for (String kind : VALUED) {
      for (JsonObject point : dataPoints(metric, kind)) {
        OptionalDouble whole = OtelValue.number(point, "asInt");
        OptionalDouble value = whole.isPresent() ? whole : OtelValue.number(point, "asDouble");
        add(name, value, point, resource, points);
      }
    }
    for (String kind : SUMMARISED) {
      for (JsonObject point : dataPoints(metric, kind)) {
        for (String part : SUMMARY_PARTS) {
          add(name + "_" + part, OtelValue.number(point, part), point, resource, points);
        }
      }
    }
  }

  private static List<JsonObject> dataPoints(JsonObject metric, String kind) {
    Optional<Json> holder = metric.findValue(kind);
    return holder
        .map(value ->
            OtelValue.list(value.asObject(), "dataPoints").stream().map(Json::asObject).toList())
        .orElse(List.of());
  }

  private static void add(
      String name,
      OptionalDouble value,
      JsonObject point,
      Map<String, Json> resource,
      List<Point> points) {
    boolean isRecorded = (point.findLong("flags").orElse(0) & NO_RECORDED_VALUE) == 0;
    Optional<Long> micros = OtelValue.micros(point, "timeUnixNano");
    if (value.isEmpty() || !isRecorded || micros.isEmpty()) {
      return;
    }
    Map<String, Json> attributes = new LinkedHashMap<>(resource);
    attributes.putAll(OtelValue.attributes(point, "attributes"));
    points.add(new Point(name, attributes, micros.get(), value.getAsDouble()));
  }

  private void append(Point point) {
    staged
        .rows()
        .append(point.micros())
        .appendInteger(series.number(point.metric(), point.attributes()))
        .append(number++)
        .append(point.value())
        .endRow();
  }

  /** Writes what was collected. */
  Converted write(Rejected rejected) {
    StagingTable table = staged.finish();
    SqlBuilder select =
        new SqlBuilder()
            .text("SELECT make_timestamp(micros) AS ")
            .identifier(ColumnNames.TIMESTAMP);
    List<String> names = series.names();
    for (int i = 0; i < names.size(); i++) {
      select
          .text(", arg_max(value, number) FILTER (WHERE series = ")
          .literal(i)
          .text(") AS ")
          .identifier(names.get(i));
    }
    Sql wide =
        select.text(" FROM ").append(table.sql()).text(" GROUP BY micros ORDER BY micros").build();
    return conversion.write(wide, rejected);
  }

  @Override
  public void close() {
    staged.close();
  }
}
