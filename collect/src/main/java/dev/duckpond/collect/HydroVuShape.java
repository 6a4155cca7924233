package dev.duckpond.collect;

import dev.duckpond.collect.HydroVuConfig.Device;
import dev.duckpond.config.Field;
import dev.duckpond.config.Fields;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Secret;
import dev.duckpond.config.Shapes;
import dev.duckpond.json.Json;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the configuration of {@code hydrovu} is written. */
final class HydroVuShape {
  private static final String SERVICE = "https://www.hydrovu.com";
  private static final String LONGEST_END = "_archive_00000000.series";
  private static final long MOST_POINTS = 1_000_000;
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  private static final Field<String> NAME =
      Field.required("name", Shapes.text(), "The name of its series.");
  private static final Field<Long> ID =
      Field.required(
          "id",
          Shapes.integer(1, Long.MAX_VALUE),
          "The number of its location; 'pond run NODE locations' lists them.");
  private static final Field<String> SCOPE =
      Field.optional("scope", Shapes.text(), "", "Stands before the names of its columns.");
  private static final Field<Boolean> ACTIVE =
      Field.optional("active", Shapes.flag(), true, Json.of(true), "false: it is left out.");
  private static final Field<String> COMMENT =
      Field.optional("comment", Shapes.text(), "For people.");
  private static final ObjectShape<Device> DEVICE =
      ObjectShape.of("a device", List.of(NAME, ID, SCOPE, ACTIVE, COMMENT), HydroVuShape::device);

  private static final Field<Secret> CLIENT_ID =
      Field.required("client_id", Shapes.secret(), "The account's client id, as ${env:NAME}.");
  private static final Field<Secret> CLIENT_SECRET =
      Field.required("client_secret", Shapes.secret(), "Its secret, as ${env:NAME}.");
  private static final Field<PondPath> PATH =
      Field.required(
          "hydrovu_path",
          Shapes.parsed("a path", PondPath::of),
          "The directory of the series: PATH/devices/ID/NAME_active.series.");
  private static final Field<Long> MAX_POINTS =
      Field.optional(
          "max_points_per_run",
          Shapes.integer(1, MOST_POINTS),
          10_000L,
          Json.of(10_000),
          "The readings that one transaction takes in at most.");
  private static final Field<List<Device>> DEVICES =
      Field.required("devices", Shapes.listOf(DEVICE, 1), "The instruments.");
  private static final Field<URI> BASE_URL =
      Field.optional(
          "base_url",
          Shapes.parsed("an address", HydroVuShape::parseUrl),
          URI.create(SERVICE),
          Json.of(SERVICE),
          "The address of the service.");
  private static final Field<Duration> LOOKBACK =
      Field.optional(
          "lookback",
          CollectShapes.duration(),
          Duration.ZERO,
          Json.of("0s"),
          "How far back to read again, for values that were revised.");
  private static final Field<PondPath> ARCHIVE_PATH =
      Field.optional(
          "archive_path",
          Shapes.parsed("a path", PondPath::of),
          "The directory of frozen series; by default beside the active ones.");
  private static final Field<Duration> DEADLINE =
      Field.optional(
          "deadline",
          CollectShapes.duration(),
          Duration.ofHours(1),
          Json.of("1h"),
          "How long a run may take.");
  private static final Field<Duration> STALE_AFTER = CollectShapes.staleAfter();

  static final ObjectShape<HydroVuConfig> SHAPE =
      ObjectShape.of(
          "a collector",
          List.of(
              CLIENT_ID,
              CLIENT_SECRET,
              PATH,
              DEVICES,
              MAX_POINTS,
              LOOKBACK,
              ARCHIVE_PATH,
              BASE_URL,
              DEADLINE,
              STALE_AFTER),
          HydroVuShape::config);

  private HydroVuShape() {}

  private static Device device(Fields fields) {
    String name = fields.value(NAME);
    if (name.contains("*")) {
      fields.mistake(NAME, "'" + name + "' holds a wildcard", "Leave it out.");
    }
    requireUsable(fields, name);
    return new Device(fields.value(ID), name, fields.value(SCOPE), fields.value(ACTIVE));
  }

  /** A name is part of those of the series, of which that of an archive is the longest. */
  private static void requireUsable(Fields fields, String name) {
    try {
      new EntryName(name + LONGEST_END);
    } catch (PondException.Usage e) {
      fields.mistake(
          NAME,
          e.problem().replace(LONGEST_END, "") + ": " + e.reason(),
          "Choose one of 1 to "
              + (EntryName.MAX_BYTES - LONGEST_END.length())
              + " bytes of UTF-8, which the names of its series begin with.");
    }
  }

  private static HydroVuConfig config(Fields fields) {
    List<Device> devices = fields.value(DEVICES);
    Set<Long> ids = new HashSet<>();
    for (Device device : devices) {
      if (!ids.add(device.id())) {
        fields.mistake(DEVICES, "the device " + device.id() + " is listed twice", "Leave one.");
      }
    }
    return new HydroVuConfig(
        fields.value(CLIENT_ID),
        fields.value(CLIENT_SECRET),
        fields.value(PATH),
        Math.toIntExact(fields.value(MAX_POINTS)),
        devices,
        fields.value(BASE_URL),
        fields.value(LOOKBACK),
        fields.find(ARCHIVE_PATH),
        fields.value(DEADLINE),
        fields.value(STALE_AFTER));
  }

  /** Secrets go over HTTPS, or stay on this machine. */
  private static URI parseUrl(String text) {
    if (text.startsWith("${env:")) {
      // Checked where the variable is not set; it is read again when it is.
      return URI.create(SERVICE);
    }
    URI url;
    try {
      url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      throw new PondException.Usage("'" + text + "' is not an address", "", "");
    }
    boolean isSafe =
        "https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && THIS_MACHINE.contains(url.getHost()));
    if (url.getHost() == null || !isSafe || url.getUserInfo() != null || url.getQuery() != null) {
      throw new PondException.Usage(
          "'" + text + "' is not an address to send secrets to",
          "",
          "Write it as https://HOST; http is for this machine alone.");
    }
    return url;
  }
}
