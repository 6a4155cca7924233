package dev.duckpond.factories;

import java.nio.file.Path;
import java.util.Map;

/**
 * A pond with three small series:
 *
 * <pre>
 * /in/a1.series  2024-06-01 00:00 and 01:00, level 1 and 2, temp 10 and 11
 * /in/a2.series  2024-06-01 01:00 and 02:00, level 20 and 30
 * /in/b.series   2024-06-01 00:00 and 03:00, epoch seconds, depth 5 and 6
 * </pre>
 */
final class SmallHarbour {
  private SmallHarbour() {}

  /** Makes it; the variable {@code SITE} is {@code a1}. The caller closes it. */
  static ComputedPond in(Path directory) {
    ComputedPond pond = new ComputedPond(directory, Map.of("SITE", "a1"));
    pond.append(
        "/in/a1.series",
        "SELECT TIMESTAMP '2024-06-01' + to_hours(CAST(i AS INTEGER)) AS timestamp,"
            + " CAST(i + 1 AS DOUBLE) AS level, 10.0 + i AS temp FROM range(2) r(i)");
    pond.append(
        "/in/a2.series",
        "SELECT TIMESTAMP '2024-06-01 01:00:00' + to_hours(CAST(i AS INTEGER)) AS timestamp,"
            + " CAST(20 + 10 * i AS DOUBLE) AS level FROM range(2) r(i)");
    pond.append(
        "/in/b.series",
        "SELECT 1717200000 + 10800 * i AS timestamp, 5 + i AS depth FROM range(2) r(i)");
    return pond;
  }
}
