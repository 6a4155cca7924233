package dev.duckpond.rollups;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import dev.duckpond.query.CacheFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The files of one recipe: an inventory, and the segments that it names. Either may be missing or
 * damaged at any time; what cannot be believed counts as not there.
 */
final class RecipeDirectory {
  static final String INVENTORY = "inventory";
  private static final String HIDDEN = ".inventory";
  private static final String SEGMENT_SUFFIX = ".parquet";
  private static final int FORMAT = 1;
  private static final int CHECKSUM_DIGITS = 8;

  /** Inventories that nobody finished are removed after this time. */
  private static final Duration UNFINISHED = Duration.ofHours(1);

  private final Path directory;

  RecipeDirectory(Path directory) {
    this.directory = directory;
  }

  Path path() {
    return directory;
  }

  /** Reads the inventory; empty when there is none that can be believed. */
  Inventory read() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(directory.resolve(INVENTORY));
    } catch (NoSuchFileException e) {
      return Inventory.EMPTY;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int line = text.indexOf('\n');
    if (line != CHECKSUM_DIGITS
        || !text.substring(0, line).equals(checksum(text.substring(line + 1)))) {
      return Inventory.EMPTY;
    }
    try {
      return parse(Json.parse(text.substring(line + 1)).asObject());
    } catch (JsonException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Written by another release, which the checksum does not tell.
      return Inventory.EMPTY;
    }
  }

  private static Inventory parse(JsonObject object) {
    if (object.require("format").longValue() != FORMAT) {
      return Inventory.EMPTY;
    }
    List<Segment> segments = new ArrayList<>();
    for (Json json : object.require("segments").asArray()) {
      JsonObject one = json.asObject();
      segments.add(
          new Segment(
              one.require("file").text(),
              one.require("rows").longValue(),
              one.require("bytes").longValue()));
    }
    List<Holding> holdings = new ArrayList<>();
    for (Json json : object.require("holdings").asArray()) {
      JsonArray one = json.asArray();
      holdings.add(
          new Holding(
              one.require(0).longValue(),
              one.require(1).longValue(),
              TileKey.parse(one.require(2).text()),
              segments.get((int) one.require(3).longValue())));
    }
    return new Inventory(holdings);
  }

  /** Replaces the inventory, and removes segments that it does not name. */
  void write(Inventory inventory, Instant now) throws IOException {
    Files.createDirectories(directory);
    String json = json(inventory).toString();
    // Not a temporary file, which nobody else could read.
    Path hidden = directory.resolve(HIDDEN + "-" + UUID.randomUUID());
    try {
      Files.writeString(hidden, checksum(json) + "\n" + json, StandardOpenOption.CREATE_NEW);
      Files.move(hidden, directory.resolve(INVENTORY), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(hidden);
    }
    touch(now);
    Set<String> named = new HashSet<>();
    inventory.segments().forEach(segment -> named.add(segment.file()));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean isUnnamed = name.endsWith(SEGMENT_SUFFIX) && !named.contains(name);
        if (isUnnamed || (name.startsWith(HIDDEN) && isUnfinished(file, now))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Another process may be writing one just now. */
  private static boolean isUnfinished(Path file, Instant now) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(UNFINISHED));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static JsonObject json(Inventory inventory) {
    List<Segment> segments = List.copyOf(inventory.segments());
    return JsonObject.builder()
        .put("format", FORMAT)
        .put(
            "segments",
            new JsonArray(
                segments.stream()
                    .<Json>map(segment ->
                        JsonObject.builder()
                            .put("file", segment.file())
                            .put("rows", segment.rows())
                            .put("bytes", segment.sizeBytes())
                            .build())
                    .toList()))
        .put(
            "holdings",
            new JsonArray(
                inventory.holdings().stream()
                    .<Json>map(holding ->
                        JsonArray.of(
                            Json.of(holding.fromMicros()),
                            Json.of(holding.toMicros()),
                            Json.of(holding.key().hex()),
                            Json.of(segments.indexOf(holding.segment()))))
                    .toList()))
        .build();
  }

  /** Notes that it is used now. */
  void touch(Instant now) throws IOException {
    Files.setLastModifiedTime(directory.resolve(INVENTORY), FileTime.from(now));
  }

  /** Answers what a file would be as a segment. */
  static Segment segment(Path file, long rows) throws IOException {
    return new Segment(name(file), rows, Files.size(file));
  }

  private static String name(Path file) throws IOException {
    return CacheFiles.checksum(file) + "-" + Files.size(file) + SEGMENT_SUFFIX;
  }

  /** Takes in a file; it stays where it is. */
  void publish(Segment segment, Path file) throws IOException {
    Files.createDirectories(directory);
    CacheFiles.publish(file, directory.resolve(segment.file()));
  }

  /**
   * Makes a segment readable at a place where nobody removes it.
   *
   * @return empty when it is not there or damaged
   */
  Optional<Path> link(Segment segment, Path place) throws IOException {
    try {
      CacheFiles.take(directory.resolve(segment.file()), place);
      return segment.file().equals(name(place)) ? Optional.of(place) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
