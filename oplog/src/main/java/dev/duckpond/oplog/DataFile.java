package dev.duckpond.oplog;

import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A file of rows of the operation log, as the tags of its add action describe it.
 *
 * <p>Tags outlive the commit files: a checkpoint keeps them. See {@code
 * docs/format/operation-log.md}.
 *
 * @param name in the table's directory
 * @param seal what the file held when it was written; the first ones were not sealed
 */
record DataFile(String name, Optional<FileSeal> seal) {
  private static final String PATH = "path";
  private static final String SHA256 = "duckpond.sha256";
  private static final String SIZE = "duckpond.size";
  private static final String CHECKSUM = "duckpond.crc32c";

  /** A file and the transactions whose rows it holds. */
  record Tagged(DataFile file, List<TransactionNote> notes) {}

  /** Answers the tags of a file with the rows of one transaction. */
  static Map<String, String> tags(String name, FileSeal seal, TransactionNote note) {
    Map<String, String> tags = new TreeMap<>();
    tags.put(TransactionNote.TAG, note.toTag());
    tags.put(SHA256, seal.hash().hex());
    tags.put(SIZE, Long.toString(seal.sizeBytes()));
    tags.put(CHECKSUM, checksum(name, tags));
    return tags;
  }

  /** Reads an add action of a commit file. */
  static Tagged read(JsonObject add) {
    return read(DeltaRows.decode(add.require(PATH).text()), add.require("tags").asObject().texts());
  }

  /**
   * Reads the tags of a file.
   *
   * @throws RuntimeException of some kind when they are not what was written
   */
  static Tagged read(String name, Map<String, String> tags) {
    String checksum = tags.get(CHECKSUM);
    if (checksum != null && !checksum.equals(checksum(name, tags))) {
      throw new IllegalStateException("the tags of " + name + " are not those that were written");
    }
    String notes = tags.get(TransactionNote.TAG);
    if (notes == null) {
      throw new IllegalStateException("another program has added " + name);
    }
    String hash = tags.get(SHA256);
    Optional<FileSeal> seal =
        hash == null
            ? Optional.empty()
            : Optional.of(
                new FileSeal(new ContentHash(hash), Long.parseLong(tags.getOrDefault(SIZE, ""))));
    return new Tagged(new DataFile(name, seal), TransactionNote.listFromTag(notes));
  }

  /**
   * Answers the CRC-32C of the file's name and of our tags but itself, sorted: {@code name=value}
   * and a line end each.
   */
  private static String checksum(String file, Map<String, String> tags) {
    CRC32C crc = new CRC32C();
    crc.update((PATH + "=" + file + "\n").getBytes(StandardCharsets.UTF_8));
    for (String name : List.of(SHA256, SIZE, TransactionNote.TAG)) {
      crc.update(
          (name + "=" + tags.getOrDefault(name, "") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Long.toString(crc.getValue());
  }
}
