package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Finds and names the files of large contents. Thread-safe. */
final class BlobStore {
  /** Contents up to this size lie in the log's row; larger ones are blobs. Part of the format. */
  static final int INLINE_LIMIT_BYTES = 64 << 10;

  private static final int PREFIX_DIGITS = 2;

  private final Path directory;

  BlobStore(Path directory) {
    this.directory = directory;
  }

  /** Answers where a content lies below {@code base}; relations are named as Parquet tools like. */
  static Path fileBelow(Path base, ContentHash hash, EntryType type, String prefix) {
    String ending = type.isRelation() && type.isStored() ? ".parquet" : "";
    return base.resolve(prefix + hash.hex().substring(0, PREFIX_DIGITS))
        .resolve(hash.hex().substring(PREFIX_DIGITS) + ending);
  }

  Path file(ContentHash hash, EntryType type) {
    return fileBelow(directory, hash, type, "sha256=");
  }

  /**
   * Answers the file of a version's content.
   *
   * @throws PondException.Corrupt when it is missing or has another size
   */
  Path require(NodeVersion version) {
    Path file = file(version.hash(), version.type());
    long sizeBytes;
    try {
      sizeBytes = Files.size(file);
    } catch (NoSuchFileException e) {
      throw Trouble.corrupt(file, "the content " + version.hash() + " is missing", e);
    } catch (IOException e) {
      throw Trouble.of("the content " + file + " cannot be read", e);
    }
    if (sizeBytes != version.sizeBytes()) {
      throw Trouble.corrupt(
          file,
          "the content "
              + version.hash()
              + " has "
              + sizeBytes
              + " bytes, written were "
              + version.sizeBytes());
    }
    return file;
  }

  /** Moves a synced file to its place, whatever stands there. */
  void place(Path staged, Path file) throws IOException {
    Files.createDirectories(Durable.parent(file));
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  Path directory() {
    return directory;
  }
}
