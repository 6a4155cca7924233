package dev.duckpond.formats;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what OpenTelemetry's collector exports to files: an export request a line, of metrics or of
 * logs. The first line that is one of them decides what the file is.
 */
final class OtelJson {
  private static final String REMEDY =
      "Such a file holds a JSON object with 'resourceMetrics' or 'resourceLogs' a line.";

  private final Conversion conversion;
  private @Nullable Signal signal;

  OtelJson(Conversion conversion) {
    this.conversion = conversion;
  }

  /** What requests carry. */
  private enum Signal {
    METRICS("resourceMetrics"),
    LOGS("resourceLogs"),
    TRACES("resourceSpans");

    private final String member;

    Signal(String member) {
      this.member = member;
    }
  }

  Converted convert() throws IOException {
    RejectedLines rejected = new RejectedLines();
    try (OtelMetrics metrics = new OtelMetrics(conversion);
        OtelLogs logs = new OtelLogs(conversion)) {
      LineScan.run(conversion, rejected, (line, number) -> take(Json.parse(line), metrics, logs));
      Rejected summary = rejected.done(conversion.label(), TextFormat.OTELJSON, REMEDY);
      return signal == Signal.LOGS ? logs.write(summary) : metrics.write(summary);
    }
  }

  private Optional<String> take(Json line, OtelMetrics metrics, OtelLogs logs) {
    if (!(line instanceof JsonObject request)) {
      return Optional.of("it is no JSON object");
    }
    Optional<Signal> found = signal(request);
    if (found.isEmpty()) {
      return Optional.of("it has neither 'resourceMetrics' nor 'resourceLogs'");
    }
    if (found.get() == Signal.TRACES) {
      return Optional.of("it holds traces, which are not rows");
    }
    if (signal == null) {
      signal = found.get();
    }
    if (signal != found.get()) {
      return Optional.of(
          "it has '" + found.get().member + "', lines before it had '" + signal.member + "'");
    }
    switch (signal) {
      case METRICS -> metrics.add(request);
      case LOGS -> logs.add(request);
      case TRACES -> throw new IllegalStateException("traces are not read");
    }
    return Optional.empty();
  }

  private static Optional<Signal> signal(JsonObject request) {
    for (Signal candidate : Signal.values()) {
      if (request.findValue(candidate.member).isPresent()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
