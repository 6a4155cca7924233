package dev.duckpond.tera;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads times as templates give them. */
final class Moments {
  /** Writes a time with its offset, which for UTC is +00:00 as Tera has it. */
  static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx", Locale.ROOT);

  private Moments() {}

  /** Reads seconds since 1970, a date, or a date and time of RFC 3339 with or without offset. */
  static ZonedDateTime read(Value input, Call call) {
    try {
      return switch (input) {
        case IntegerValue(long seconds) ->
            zoned(Instant.ofEpochSecond(seconds), call, ZoneOffset.UTC);
        case TextValue(String text) when text.indexOf('T') < 0 ->
            LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC);
        case TextValue(String text) -> dateTime(text, call);
        case NullValue _, BoolValue _, BigValue _, FloatValue _, ArrayValue _, ObjectValue _ ->
            throw call.mismatch("an integer or string", input);
      };
    } catch (DateTimeException _) {
      throw new CallException(
          "`" + call.print(input) + "` is no time",
          "Give seconds since 1970, `2024-01-31` or `2024-01-31T12:00:00Z`.");
    }
  }

  /** Puts an instant into the zone that a call asks for, else into another. */
  static ZonedDateTime zoned(Instant time, Call call, ZoneId otherwise) {
    String name = call.text("timezone", "");
    try {
      return time.atZone(name.isEmpty() ? otherwise : ZoneId.of(name));
    } catch (DateTimeException _) {
      boolean known = name.isEmpty() || ZoneId.getAvailableZoneIds().contains(name);
      throw known
          ? new CallException("the time is beyond the calendar", "")
          : new CallException(
              "there is no time zone `" + name + "`",
              Nearest.sentence(
                  name, ZoneId.getAvailableZoneIds(), "Take a name such as Europe/Paris."));
    }
  }

  private static ZonedDateTime dateTime(String text, Call call) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return zoned(time.toInstant(), call, time.getOffset());
    } catch (DateTimeParseException _) {
      return LocalDateTime.parse(text).atZone(ZoneOffset.UTC);
    }
  }
}
