package dev.duckpond.export;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads and writes the manifest and its parts: see {@code docs/format/export-manifest.md}. */
final class ManifestJson {
  private static final String FORMAT = "duckpond-export";
  private static final long VERSION = 1;

  private ManifestJson() {}

  /** Writes targets sorted by pattern and path, one a line, their files by partition. */
  static String text(Manifest manifest) {
    List<ManifestTarget> targets = new ArrayList<>(manifest.targets());
    targets.sort(
        Comparator.comparing((ManifestTarget target) -> target.key().pattern())
            .thenComparing(target -> target.key().path())
            .thenComparing(target -> target.key().pond()));
    StringBuilder text = new StringBuilder();
    text.append("{\"format\":\"").append(FORMAT).append("\",\"version\":").append(VERSION);
    text.append(",\"targets\":[");
    String separator = "\n";
    for (ManifestTarget target : targets) {
      text.append(separator).append(json(target).toText());
      separator = ",\n";
    }
    return text.append("\n]}\n").toString();
  }

  /**
   * Reads a manifest.
   *
   * @throws PondException.Corrupt when it is none
   * @throws PondException.Invalid when a newer version of pond wrote it
   */
  static Manifest parse(String text, Path file) {
    try {
      JsonObject root = Json.parse(text).asObject();
      if (!root.require("format").text().equals(FORMAT)) {
        throw new IllegalArgumentException("the format is not " + FORMAT);
      }
      if (root.require("version").longValue() > VERSION) {
        throw new PondException.Invalid(
            "the list of exported files '" + file + "' cannot be read",
            "a newer version of pond wrote it",
            "Use that version, or export into another directory.");
      }
      return new Manifest(
          root.require("targets").asArray().stream().map(ManifestJson::target).toList());
    } catch (JsonException | IllegalArgumentException | PondException.Usage e) {
      throw new PondException.Corrupt(
          "the list of exported files '" + file + "' is damaged",
          String.valueOf(e.getMessage()),
          "Remove it and export again with --overwrite.",
          e);
    }
  }

  static JsonObject json(ManifestTarget target) {
    return head(target.key(), target.place(), target.captures(), target.pipeline())
        .put("fingerprint", target.fingerprint())
        .put("files", new JsonArray(target.files().stream().<Json>map(ManifestJson::json).toList()))
        .build();
  }

  static JsonObject.Builder head(
      TargetKey key, String place, List<String> captures, String pipeline) {
    JsonObject.Builder head =
        JsonObject.builder()
            .put("pond", key.pond())
            .put("pattern", key.pattern())
            .put("target", key.path().toString())
            .put("place", place)
            .put("captures", captures);
    return pipeline.isEmpty() ? head : head.put("pipeline", pipeline);
  }

  static TargetKey key(JsonObject json) {
    return new TargetKey(
        json.require("pond").text(),
        json.require("pattern").text(),
        PondPath.of(json.require("target").text()));
  }

  static String place(JsonObject json) {
    return json.require("place").text();
  }

  static String pipeline(JsonObject json) {
    return json.findValue("pipeline").map(Json::text).orElse("");
  }

  static List<String> captures(JsonObject json) {
    return json.require("captures").asArray().texts();
  }

  private static ManifestTarget target(Json value) {
    JsonObject json = value.asObject();
    return new ManifestTarget(
        key(json),
        place(json),
        captures(json),
        pipeline(json),
        json.require("fingerprint").text(),
        json.require("files").asArray().stream().map(ManifestJson::file).toList());
  }

  static JsonObject json(ExportedFile file) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("path", file.path())
            .put("rows", file.rows())
            .put("bytes", file.sizeBytes())
            .put("sha256", file.hash().hex());
    file.span()
        .ifPresent(span -> json.put("start_us", span.fromMicros()).put("end_us", span.toMicros()));
    file.bounds()
        .ifPresent(
            bounds -> json.put("min_us", bounds.minMicros()).put("max_us", bounds.maxMicros()));
    return json.put("fingerprint", file.fingerprint()).build();
  }

  static ExportedFile file(Json value) {
    JsonObject json = value.asObject();
    String path = json.require("path").text();
    if (!ExportDirectory.isPlain(path)) {
      throw new IllegalArgumentException("a path leads elsewhere: " + path);
    }
    Optional<TimeRange> span =
        json.findValue("start_us")
            .map(start -> new TimeRange(start.longValue(), json.require("end_us").longValue()));
    Optional<EventBounds> bounds =
        json.findValue("min_us")
            .map(min -> new EventBounds(min.longValue(), json.require("max_us").longValue()));
    return new ExportedFile(
        path,
        json.require("rows").longValue(),
        json.require("bytes").longValue(),
        new ContentHash(json.require("sha256").text()),
        span,
        bounds,
        json.require("fingerprint").text());
  }
}
