package dev.duckpond.formats;

import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonFlag;
import dev.duckpond.json.JsonNull;
import dev.duckpond.json.JsonNumber;
import dev.duckpond.json.JsonObject;
import dev.duckpond.json.JsonText;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads logs of a JSON object a line, in two passes: the first finds the columns and their types,
 * the second takes the values.
 *
 * <p>The time becomes the column {@code timestamp}, before all others. The member that it was taken
 * from stays as it is, unless that is its name.
 */
final class JsonLogs {
  private final Conversion conversion;
  private final TimeReader times;

  JsonLogs(Conversion conversion) {
    this.conversion = conversion;
    this.times =
        new TimeReader(conversion.label(), conversion.options(), Optional.of(ZoneOffset.UTC));
  }

  Converted convert() throws IOException {
    RejectedLines rejected = new RejectedLines();
    JsonLogColumns columns =
        new JsonLogColumns(conversion.label(), conversion.options().timeColumn(), times);
    LineScan.run(
        conversion,
        rejected,
        (line, number) -> {
          if (Json.parse(line) instanceof JsonObject object) {
            columns.add(object, number);
            return Optional.empty();
          }
          return Optional.of("it is no JSON object");
        });
    Rejected summary =
        rejected.done(
            conversion.label(), TextFormat.JSONLOGS, "Such a file holds a JSON object a line.");
    columns.settle();
    try (StagingTable table = StagingTable.create(conversion.duck(), 0, columns.types())) {
      try (RowAppender rows = table.append()) {
        LineScan.run(
            conversion,
            new RejectedLines(),
            (line, number) -> {
              if (Json.parse(line) instanceof JsonObject object) {
                append(object, columns, rows, number);
              }
              return Optional.empty();
            });
      }
      return conversion.write(table.selectAll(), summary);
    }
  }

  private void append(JsonObject object, JsonLogColumns columns, RowAppender rows, long line) {
    OptionalLong time =
        columns
            .timeMember()
            .flatMap(object::findValue)
            .map(value -> JsonLogColumns.time(value, times, line))
            .orElse(OptionalLong.empty());
    if (time.isPresent()) {
      rows.appendMicros(time.getAsLong());
    } else {
      rows.appendNull();
    }
    for (JsonLogColumns.Member member : columns.members()) {
      append(object.findValue(member.name()).orElse(Json.nothing()), member.type(), rows);
    }
    rows.endRow();
  }

  private static void append(Json value, CellType type, RowAppender rows) {
    if (value.isNull()) {
      rows.appendNull();
      return;
    }
    switch (type) {
      case BOOLEAN -> rows.append(value.flag());
      case BIGINT -> rows.append(value.longValue());
      case DOUBLE -> rows.append(value.doubleValue());
      case VARCHAR -> rows.append(text(value));
      case INTEGER, TIMESTAMP -> throw new IllegalStateException("no member is a " + type);
    }
  }

  /** Answers text as it is, and everything else as JSON. */
  private static String text(Json value) {
    return value instanceof JsonText text ? text.value() : value.toText();
  }

  /** Answers the narrowest type that holds a value. */
  static CellType typeOf(Json value) {
    return switch (value) {
      case JsonFlag flag -> CellType.BOOLEAN;
      case JsonNumber number -> number.isLong() ? CellType.BIGINT : CellType.DOUBLE;
      case JsonText text -> CellType.VARCHAR;
      case JsonNull nothing -> CellType.VARCHAR;
      case JsonObject object -> CellType.VARCHAR;
      case JsonArray array -> CellType.VARCHAR;
    };
  }
}
