package dev.duckpond.oplog;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeId;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/** Names, opens and checks the files of large contents. Thread-safe. */
final class BlobStore {
  /** Contents up to this size lie in the log's row; larger ones are blobs. Part of the format. */
  static final int INLINE_LIMIT_BYTES = 64 << 10;

  private static final int PREFIX_DIGITS = 2;

  private final Path directory;
  private final CheckedFiles checked;
  private final Places places;

  /** Finds the path of a node. */
  interface Places {
    Optional<PondPath> find(NodeId node);
  }

  BlobStore(Path directory, CheckedFiles checked, Places places) {
    this.directory = directory;
    this.checked = checked;
    this.places = places;
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
   * Answers the file of a version's content, once it was compared with what was written.
   *
   * @throws PondException.Corrupt when it is missing or differs
   */
  Path require(NodeVersion version) {
    Path file = file(version.hash(), version.type());
    try {
      Optional<String> difference =
          checked.findDifference(file, new FileSeal(version.hash(), version.sizeBytes()));
      if (difference.isPresent()) {
        throw damage(version).of(difference.get());
      }
      return file;
    } catch (IOException e) {
      throw Trouble.ofReading("the content " + file + " cannot be read", e);
    }
  }

  /**
   * Opens a version's content; the stream compares it while it is read, and the caller closes it.
   *
   * @throws PondException.Corrupt here or while reading, when it is missing or differs
   */
  InputStream open(NodeVersion version) {
    Path file = file(version.hash(), version.type());
    try {
      return new VerifyingStream(
          new BufferedInputStream(Files.newInputStream(file)),
          new FileSeal(version.hash(), version.sizeBytes()),
          damage(version));
    } catch (NoSuchFileException e) {
      throw damage(version).of("it is missing");
    } catch (IOException e) {
      throw Trouble.ofReading("the content " + file + " cannot be read", e);
    }
  }

  /** Makes the error for a content that differs. */
  interface Damage {
    PondException.Corrupt of(String difference);
  }

  private Damage damage(NodeVersion version) {
    return difference ->
        Trouble.corruptContent(
            "version "
                + version.version()
                + places
                    .find(version.node())
                    .map(path -> " of '" + path + "'")
                    .orElse(" of node " + version.node()),
            file(version.hash(), version.type()),
            difference);
  }

  /**
   * Remembers the files of contents that were hashed while they were written; it is written down
   * with what the commit adds.
   */
  void remember(Map<Path, ContentHash> written) {
    written.forEach((file, hash) -> {
      try {
        checked.remember(file, hash);
      } catch (IOException e) {
        // It will be compared at its first use.
      }
    });
  }

  /** Writes down what was compared. */
  void saveChecks() {
    checked.save();
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
