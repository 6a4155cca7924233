package dev.duckpond.collect;

import dev.duckpond.config.Field;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.json.Json;
import dev.duckpond.tinyfs.PondException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shapes that several collectors share. */
final class CollectShapes {
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,6})(s|m|h|d)");

  private CollectShapes() {}

  /** A length of time such as {@code 12h}; may be zero. */
  static Shape<Duration> duration() {
    return Shapes.parsed("a length of time such as 12h or 7d", CollectShapes::parseDuration);
  }

  static Shape<ZoneId> zone() {
    return Shapes.parsed("a time zone such as America/Los_Angeles", CollectShapes::parseZone);
  }

  static Field<Duration> staleAfter() {
    return Field.optional(
        "stale_after",
        duration(),
        Duration.ofDays(1),
        Json.of("1d"),
        "How old the newest data may be before 'pond status' calls it stale.");
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = LENGTH.matcher(text);
    if (!matcher.matches()) {
      throw new PondException.Usage(
          "'" + text + "' is not a length of time",
          "",
          "Write a number and a unit: 90s, 15m, 12h or 7d.");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static ZoneId parseZone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new PondException.Usage(
          "'" + text + "' is not a time zone", "", "Write it as America/Los_Angeles or -08:00.");
    }
  }
}
