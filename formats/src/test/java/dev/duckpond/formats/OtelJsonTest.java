package dev.duckpond.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtelJsonTest {
  private static final String T0 = "1717243200000000000";
  private static final String T1 = "1717243260000000999";

  @TempDir Path directory;
  private Workshop workshop;

  @BeforeEach
  void open() {
    workshop = new Workshop(directory);
  }

  @AfterEach
  void close() {
    workshop.close();
  }

  private List<String> rows(String... lines) {
    return workshop.rows(TextFormat.OTELJSON, Map.of(), lines);
  }

  private static String request(String metrics) {
    return "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"host\",\"value\":"
        + "{\"stringValue\":\"well\"}}]},\"scopeMetrics\":[{\"scope\":{\"name\":\"s\"},"
        + "\"metrics\":["
        + metrics
        + "]}]}]}";
  }

  private static String gauge(String name, String... points) {
    return "{\"name\":\""
        + name
        + "\",\"unit\":\"m\",\"gauge\":{\"dataPoints\":["
        + String.join(",", points)
        + "]}}";
  }

  private static String point(String time, String value) {
    return "{\"timeUnixNano\":\"" + time + "\"," + value + "}";
  }

  @Test
  void convert_gaugesAndSums_areColumnsOfOneTable() {
    assertThat(
            rows(
                request(
                    gauge("well_depth_value", point(T1, "\"asDouble\":2.5"))
                        + ",{\"name\":\"pulses\",\"sum\":{\"isMonotonic\":true,\"dataPoints\":["
                        + point(T1, "\"asInt\":\"12\"")
                        + "]}}"),
                request(
                    gauge(
                        "well_depth_value",
                        point(T0, "\"asDouble\":1"),
                        point("0", "\"asDouble\":9"),
                        "{\"timeUnixNano\":" + T0 + ",\"flags\":1}"))))
        .containsExactly(
            "timestamp TIMESTAMP|well_depth_value DOUBLE|pulses DOUBLE",
            "2024-06-01 12:00:00|1.0|NULL",
            "2024-06-01 12:01:00|2.5|12.0");
  }

  @Test
  void convert_twoValuesAtOneInstant_theLastCounts() {
    assertThat(
            rows(
                request(gauge("a", point(T0, "\"asInt\":1"), point(T0, "\"asInt\":3"))),
                request(gauge("a", point(T0, "\"asDouble\":\"NaN\"")))))
        .containsExactly("timestamp TIMESTAMP|a DOUBLE", "2024-06-01 12:00:00|nan");
  }

  @Test
  void convert_attributesThatDiffer_getColumnsOfTheirOwn() {
    String attributes =
        "\"asInt\":%d,\"attributes\":[{\"key\":\"unit\",\"value\":{\"stringValue\":"
            + "\"m\"}},{\"key\":\"probe\",\"value\":{\"intValue\":\"%d\"}}]";
    assertThat(
            rows(
                request(
                    gauge(
                            "t",
                            point(T0, String.format(attributes, 10, 1)),
                            point(T0, String.format(attributes, 20, 2)))
                        + ","
                        + gauge("d", point(T0, String.format(attributes, 5, 1))))))
        .containsExactly(
            "timestamp TIMESTAMP|t{probe=1} DOUBLE|t{probe=2} DOUBLE|d DOUBLE",
            "2024-06-01 12:00:00|10.0|20.0|5.0");
  }

  @Test
  void convert_histograms_leaveCountSumAndBounds() {
    String histogram =
        "{\"name\":\"lag\",\"histogram\":{\"dataPoints\":["
            + point(
                T0,
                "\"count\":\"4\",\"sum\":10.5,\"min\":1,\"max\":5,\"bucketCounts\":[\"4\"],"
                    + "\"explicitBounds\":[]")
            + "]}}";
    assertThat(rows(request(histogram)))
        .containsExactly(
            "timestamp TIMESTAMP|lag_count DOUBLE|lag_sum DOUBLE|lag_min DOUBLE|lag_max DOUBLE",
            "2024-06-01 12:00:00|4.0|10.5|1.0|5.0");
  }

  @Test
  void convert_logs_areRows() {
    String logs =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"h\",\"value\":"
            + "{\"stringValue\":\"x\"}}]},\"scopeLogs\":[{\"logRecords\":["
            + "{\"timeUnixNano\":\""
            + T0
            + "\",\"severityText\":\"warn\",\"body\":{\"stringValue\":\"low water\"},"
            + "\"attributes\":[{\"key\":\"n\",\"value\":{\"intValue\":\"3\"}},{\"key\":\"l\","
            + "\"value\":{\"arrayValue\":{\"values\":[{\"boolValue\":true}]}}}]},"
            + "{\"observedTimeUnixNano\":"
            + T1
            + ",\"severityNumber\":17,\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"a\","
            + "\"value\":{\"doubleValue\":1.5}}]}}}]}]}]}";
    assertThat(rows(logs))
        .containsExactly(
            "timestamp TIMESTAMP|severity VARCHAR|body VARCHAR|attributes VARCHAR|resource VARCHAR",
            "2024-06-01 12:00:00|warn|low water|{\"n\":3,\"l\":[true]}|{\"h\":\"x\"}",
            "2024-06-01 12:01:00|ERROR|{\"a\":1.5}|{}|{\"h\":\"x\"}");
  }

  @Test
  void convert_unfitLines_areCountedAndLeaveNothing() {
    String halfGood = request(gauge("a", point(T1, "\"asInt\":7"), point(T1, "\"asInt\":[]")));
    assertThat(
            rows(
                "{}",
                request(gauge("a", point(T0, "\"asInt\":1"))),
                halfGood,
                "{\"resourceLogs\":[]}",
                "{\"resourceSpans\":[]}",
                "[]",
                "{\"resourceMe"))
        .containsExactly("timestamp TIMESTAMP|a DOUBLE", "2024-06-01 12:00:00|1.0");
    assertThat(workshop.last().rejected().first())
        .extracting(LineProblem::line)
        .containsExactly(1L, 3L, 4L, 5L, 6L);
    assertThat(workshop.last().rejected().lines()).isEqualTo(6);
    assertThat(workshop.last().rejected().first())
        .extracting(LineProblem::reason)
        .contains(
            "it has neither 'resourceMetrics' nor 'resourceLogs'",
            "it has 'resourceLogs', lines before it had 'resourceMetrics'",
            "it holds traces, which are not rows",
            "it is no JSON object");
  }

  @Test
  void convert_noTelemetryAtAll_isAnError() {
    assertThatThrownBy(() -> rows("{\"a\":1}"))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageStartingWith("'in.txt' is not oteljson: its only line does not fit; line 1: ");
  }

  @Test
  void convert_tooManyCombinations_isAnError() {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i <= OtelSeries.MAX_SERIES; i++) {
      points.append(i == 0 ? "" : ",").append(gauge("m" + i, point(T0, "\"asInt\":1")));
    }
    assertThatThrownBy(() -> rows(request(points.toString())))
        .isInstanceOf(PondException.Invalid.class)
        .hasMessageContaining("more than 2000 combinations of metric and attributes");
    // The session goes on after a failure.
    assertThat(rows(request(gauge("a", point(T0, "\"asInt\":1"))))).hasSize(2);
  }
}
