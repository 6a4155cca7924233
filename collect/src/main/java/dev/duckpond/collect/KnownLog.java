package dev.duckpond.collect;

import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A log that the pond holds, in as many versions as it was taken in by.
 *
 * @param versions oldest first, at least one; their bytes one after the other are the content
 */
record KnownLog(PondPath path, List<NodeVersion> versions) {
  private static final String HEAD = "log_head";
  private static final String TAIL = "log_tail";
  private static final String MTIME = "log_mtime_ms";
  private static final String STATE = "log_state";
  private static final String ARCHIVED = "archived";
  private static final String ACTIVE = "active";
  private static final int BUFFER_BYTES = 1 << 16;

  KnownLog {
    versions = List.copyOf(versions);
  }

  /** Answers what to note of a version, beside its content. */
  static ContentFacts facts(LogSample sample, long mtimeMillis, boolean isArchived) {
    return ContentFacts.builder()
        .attribute(HEAD, sample.head().hex())
        .attribute(TAIL, sample.tail().hex())
        .attribute(MTIME, Long.toString(mtimeMillis))
        .attribute(STATE, isArchived ? ARCHIVED : ACTIVE)
        .build();
  }

  long sizeBytes() {
    return versions.stream().mapToLong(NodeVersion::sizeBytes).sum();
  }

  /** Tells whether it was rotated, so that nothing more comes to it. */
  boolean isArchived() {
    return ARCHIVED.equals(attributes().get(STATE));
  }

  /** Finds the sample of all that was taken; empty for a file that something else has written. */
  Optional<LogSample> findSample() {
    String head = attributes().get(HEAD);
    String tail = attributes().get(TAIL);
    return head == null || tail == null
        ? Optional.empty()
        : Optional.of(new LogSample(new ContentHash(head), new ContentHash(tail)));
  }

  /** Tells whether a rotated file is this one, by what the directory says of it and its sample. */
  boolean looksLike(long sizeBytes, long mtimeMillis, LogSample sample) {
    return sizeBytes() == sizeBytes
        && hasTime(mtimeMillis)
        && findSample().filter(sample::equals).isPresent();
  }

  /** Tells whether the file had this time when it was looked at last. */
  boolean hasTime(long mtimeMillis) {
    return Long.toString(mtimeMillis).equals(attributes().get(MTIME));
  }

  private Map<String, String> attributes() {
    return versions.getLast().facts().attributes();
  }

  /** Tells whether a stream begins with all that was taken; leaves it right behind that. */
  boolean isBeginningOf(InputStream content) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (NodeVersion version : versions) {
      MessageDigest digest = ContentHash.newDigest();
      long left = version.sizeBytes();
      while (left > 0) {
        int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          return false;
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
      if (!ContentHash.finish(digest).equals(version.hash())) {
        return false;
      }
    }
    return true;
  }
}
