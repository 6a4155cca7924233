package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.config.Field;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.json.JsonArray;
import dev.duckpond.query.PondUrl;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.NodeOrigin;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shapes that several kinds of nodes share. */
final class ConfigShapes {
  /** What a time column is called that nobody has named. */
  static final String DEFAULT_TIME = "timestamp";

  private static final Pattern STEP = Pattern.compile("(\\d{1,9})(ms|s|m|min|h|d)");

  private ConfigShapes() {}

  /** A path, pattern or URL of the pond. */
  static Shape<At<PondUrl>> url() {
    return Shapes.at(Shapes.parsed("a path, pattern or URL of the pond", ConfigShapes::parseUrl));
  }

  static Shape<EntryName> name() {
    return Shapes.parsed("the name of an entry", EntryName::new);
  }

  /** An instant of RFC 3339, or a date, which means its begin in UTC. */
  static Shape<Instant> instant() {
    return Shapes.parsed("a time such as 2024-05-30T00:00:00Z", ConfigShapes::parseInstant);
  }

  /** A length of time such as {@code 15m}. */
  static Shape<Duration> duration() {
    return Shapes.parsed("a length of time such as 15m or 24h", ConfigShapes::parseDuration);
  }

  static Shape<ZoneId> zone() {
    return Shapes.parsed("a time zone such as America/Los_Angeles", ConfigShapes::parseZone);
  }

  /** The nodes that change what is read, in order. */
  static Field<List<At<PondPath>>> transforms() {
    return Field.optional(
        "transforms",
        Shapes.listOf(Shapes.at(Shapes.parsed("a path", PondPath::of)), 0),
        List.of(),
        JsonArray.of(),
        "Transform nodes (column-rename) to apply, in order.");
  }

  /**
   * The one time column of several inputs and of what is made of them.
   *
   * @param inputs what the kind calls its inputs
   */
  static Field<At<String>> commonTime(String inputs) {
    return Field.optional(
        "time_column",
        Shapes.at(Shapes.text()),
        "The time column of all "
            + inputs
            + " and the result ("
            + DEFAULT_TIME
            + " when left out, whatever the "
            + inputs
            + " call theirs).");
  }

  /** Lists a pattern and the transforms of what it matches. */
  static List<NodeOrigin.Input> inputs(
      String name, At<PondUrl> pattern, List<At<PondPath>> transforms) {
    List<NodeOrigin.Input> all = new ArrayList<>();
    all.add(new NodeOrigin.Input(name, pattern.value().toString()));
    transforms.forEach(
        transform -> all.add(new NodeOrigin.Input("transform", transform.value().toString())));
    return all;
  }

  private static PondUrl parseUrl(String text) {
    PondUrl url = PondUrl.parse(text);
    if (url.place() == PondUrl.Place.HOST) {
      throw new PondException.Usage(
          "'" + text + "' is a file of this machine",
          "a node computes itself from the pond alone",
          "Copy the file into the pond.");
    }
    PathPattern.parse(url.path());
    return url;
  }

  private static Instant parseInstant(String text) {
    try {
      return text.contains("T") || text.contains(" ")
          ? OffsetDateTime.parse(text.replace(' ', 'T')).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new PondException.Usage(
          "'" + text + "' is not a time", "", "Write it as 2024-05-30T00:00:00Z.");
    }
  }

  static Duration parseDuration(String text) {
    Matcher matcher = STEP.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new PondException.Usage(
          "'" + text + "' is not a length of time",
          "",
          "Write a number and a unit: 500ms, 30s, 15m, 1h or 1d.");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m", "min" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static ZoneId parseZone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new PondException.Usage(
          "'" + text + "' is not a time zone", "", "Write it as Europe/Berlin or UTC.");
    }
  }
}
