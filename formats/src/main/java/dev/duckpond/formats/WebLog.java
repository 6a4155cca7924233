package dev.duckpond.formats;

import dev.duckpond.duckdb.RowAppender;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the Common Log Format, and the Combined one, which has referer and user agent as well. */
final class WebLog {
  private static final Map<String, CellType> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put(ColumnNames.TIMESTAMP, CellType.TIMESTAMP);
    COLUMNS.put("remote_host", CellType.VARCHAR);
    COLUMNS.put("identity", CellType.VARCHAR);
    COLUMNS.put("user", CellType.VARCHAR);
    COLUMNS.put("method", CellType.VARCHAR);
    COLUMNS.put("path", CellType.VARCHAR);
    COLUMNS.put("protocol", CellType.VARCHAR);
    COLUMNS.put("status", CellType.INTEGER);
    COLUMNS.put("bytes", CellType.BIGINT);
    COLUMNS.put("referer", CellType.VARCHAR);
    COLUMNS.put("user_agent", CellType.VARCHAR);
  }

  private final Conversion conversion;

  WebLog(Conversion conversion) {
    this.conversion = conversion;
  }

  Converted convert() throws IOException {
    RejectedLines rejected = new RejectedLines();
    try (StagingTable table = StagingTable.create(conversion.duck(), 0, COLUMNS)) {
      try (RowAppender rows = table.append()) {
        LineScan.run(conversion, rejected, (line, number) -> append(line, rows));
      }
      return conversion.write(
          table.selectAll(),
          rejected.done(
              conversion.label(),
              TextFormat.WEBLOG,
              "Lines look like '1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200"
                  + " 5'."));
    }
  }

  private static Optional<String> append(String line, RowAppender rows) {
    WebLogLine parsed;
    try {
      parsed = WebLogLine.parse(line);
    } catch (WebLogLine.Unfit e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    rows.appendMicros(parsed.micros())
        .append(parsed.remoteHost())
        .append(parsed.identity())
        .append(parsed.user())
        .append(parsed.request().method())
        .append(parsed.request().path())
        .append(parsed.request().protocol());
    appendInteger(rows, parsed.status());
    rows.appendNullable(parsed.bytes())
        .append(parsed.referer())
        .append(parsed.userAgent())
        .endRow();
    return Optional.empty();
  }

  private static void appendInteger(RowAppender rows, @Nullable Integer value) {
    if (value == null) {
      rows.appendNull();
    } else {
      rows.appendInteger(value);
    }
  }
}
