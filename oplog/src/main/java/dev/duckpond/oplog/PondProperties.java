package dev.duckpond.oplog;

import dev.duckpond.tinyfs.PondId;
import dev.duckpond.tinyfs.PondIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Keeps a pond's identity in the properties of its Delta table. */
final class PondProperties {
  private static final String CHECKSUM = "duckpond.crc32c";

  private PondProperties() {}

  static Map<String, String> of(PondIdentity identity) {
    Map<String, String> properties = new TreeMap<>();
    properties.put(LogSchema.PROPERTY_POND_ID, identity.id().toString());
    properties.put(LogSchema.PROPERTY_BIRTHPLACE, identity.birthplace());
    properties.put(LogSchema.PROPERTY_CREATED_AT, identity.createdAt().toString());
    properties.put(LogSchema.PROPERTY_FORMAT_VERSION, Integer.toString(LogSchema.FORMAT_VERSION));
    properties.put(CHECKSUM, checksum(properties));
    return properties;
  }

  /**
   * Reads an identity.
   *
   * @throws RuntimeException of some kind when it is not what was written
   */
  static PondIdentity read(Map<String, String> properties) {
    String checksum = properties.get(CHECKSUM);
    if (checksum != null && !checksum.equals(checksum(properties))) {
      throw new IllegalStateException("the table's properties are not those that were written");
    }
    return new PondIdentity(
        PondId.of(properties.getOrDefault(LogSchema.PROPERTY_POND_ID, "")),
        properties.getOrDefault(LogSchema.PROPERTY_BIRTHPLACE, ""),
        Instant.parse(properties.getOrDefault(LogSchema.PROPERTY_CREATED_AT, "")));
  }

  /** Answers the CRC-32C of our properties but itself, as for the tags of a data file. */
  private static String checksum(Map<String, String> properties) {
    CRC32C crc = new CRC32C();
    for (String name :
        List.of(
            LogSchema.PROPERTY_BIRTHPLACE,
            LogSchema.PROPERTY_CREATED_AT,
            LogSchema.PROPERTY_FORMAT_VERSION,
            LogSchema.PROPERTY_POND_ID)) {
      crc.update(
          (name + "=" + properties.getOrDefault(name, "") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Long.toString(crc.getValue());
  }
}
