package dev.duckpond.formats;

import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import dev.duckpond.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects log records as rows: when, how bad, what, and attributes as JSON. */
final class OtelLogs implements AutoCloseable {
  private static final Map<String, CellType> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put(ColumnNames.TIMESTAMP, CellType.TIMESTAMP);
    COLUMNS.put("severity", CellType.VARCHAR);
    COLUMNS.put("body", CellType.VARCHAR);
    COLUMNS.put("attributes", CellType.VARCHAR);
    COLUMNS.put("resource", CellType.VARCHAR);
  }

  /** The words for severity numbers, four numbers each, beginning at 1. */
  private static final List<String> SEVERITIES =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

  private static final int NUMBERS_PER_SEVERITY = 4;

  private final Conversion conversion;
  private final StagedRows staged;

  OtelLogs(Conversion conversion) {
    this.conversion = conversion;
    this.staged = new StagedRows(conversion.duck(), COLUMNS);
  }

  private record LogRow(
      Optional<Long> micros, Optional<String> severity, Optional<Json> body, String attributes) {}

  /**
   * Takes a request with all its records, or none of them.
   *
   * @throws dev.duckpond.json.JsonException when it has another shape
   */
  void add(JsonObject request) {
    for (Json each : OtelValue.list(request, "resourceLogs")) {
      JsonObject resourceLogs = each.asObject();
      String resource =
          resourceLogs
              .findValue("resource")
              .map(known -> attributes(known.asObject()))
              .orElse("{}");
      List<LogRow> parsed = new ArrayList<>();
      for (Json scope : OtelValue.list(resourceLogs, "scopeLogs")) {
        for (Json log : OtelValue.list(scope.asObject(), "logRecords")) {
          parsed.add(row(log.asObject()));
        }
      }
      parsed.forEach(row -> append(row, resource));
    }
  }

  private static String attributes(JsonObject holder) {
    return new JsonObject(OtelValue.attributes(holder, "attributes")).toText();
  }

  private static LogRow row(JsonObject log) {
    Optional<String> text = log.findText("severityText").filter(word -> !word.isEmpty());
    return new LogRow(
        OtelValue.micros(log, "timeUnixNano")
            .or(() -> OtelValue.micros(log, "observedTimeUnixNano")),
        text.or(() -> severity(log)),
        log.findValue("body").map(OtelValue::any).filter(body -> !body.isNull()),
        attributes(log));
  }

  private static Optional<String> severity(JsonObject log) {
    Optional<Json> number = log.findValue("severityNumber");
    if (number.isEmpty() || number.get() instanceof JsonText) {
      return number.map(Json::text);
    }
    long index = (number.get().longValue() - 1) / NUMBERS_PER_SEVERITY;
    return number.get().longValue() > 0 && index < SEVERITIES.size()
        ? Optional.of(SEVERITIES.get((int) index))
        : Optional.empty();
  }

  private void append(LogRow row, String resource) {
    RowAppender out = staged.rows();
    row.micros().ifPresentOrElse(out::appendMicros, out::appendNull);
    out.append(row.severity().orElse(null));
    row.body()
        .ifPresentOrElse(
            body -> out.append(body instanceof JsonText text ? text.value() : body.toText()),
            out::appendNull);
    out.append(row.attributes()).append(resource).endRow();
  }

  /** Writes what was collected. */
  Converted write(Rejected rejected) {
    return conversion.write(staged.finish().selectAll(), rejected);
  }

  @Override
  public void close() {
    staged.close();
  }
}
