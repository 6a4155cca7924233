package dev.duckpond.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine says of a file without opening it; times are in nanoseconds since 1970.
 *
 * @param inode the number of the file, which it keeps when it is renamed; 0 where there are none
 * @param changedNanos when its content or its name was changed, which nobody can set; 0 where that
 *     is not known
 * @param bornNanos when it was made; where that is not known, when it was modified
 */
record FileStat(long inode, long sizeBytes, long modifiedNanos, long changedNanos, long bornNanos) {
  /** What is known of a file that nothing was noted of. */
  static final FileStat UNKNOWN = new FileStat(0, -1, 0, 0, 0);

  private static final String VIEW = "unix";
  private static final Pattern TEXT = Pattern.compile("(\\d+) (-?\\d+) (-?\\d+) (-?\\d+) (-?\\d+)");

  /** Asks for that of a file; links are followed. */
  static FileStat of(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains(VIEW)) {
      long modified = nanos(Files.getLastModifiedTime(file));
      return new FileStat(0, Files.size(file), modified, 0, modified);
    }
    Map<String, Object> found =
        Files.readAttributes(file, VIEW + ":ino,size,lastModifiedTime,ctime,creationTime");
    return new FileStat(
        number(found, "ino"),
        number(found, "size"),
        nanos((FileTime) found.getOrDefault("lastModifiedTime", FileTime.fromMillis(0))),
        nanos((FileTime) found.getOrDefault("ctime", FileTime.fromMillis(0))),
        nanos((FileTime) found.getOrDefault("creationTime", FileTime.fromMillis(0))));
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  /** Reads what {@link #text} wrote; empty for anything else. */
  static Optional<FileStat> parse(String text) {
    Matcher found = TEXT.matcher(text);
    return found.matches()
        ? Optional.of(
            new FileStat(
                Long.parseLong(found.group(1)),
                Long.parseLong(found.group(2)),
                Long.parseLong(found.group(3)),
                Long.parseLong(found.group(4)),
                Long.parseLong(found.group(5))))
        : Optional.empty();
  }

  String text() {
    return inode + " " + sizeBytes + " " + modifiedNanos + " " + changedNanos + " " + bornNanos;
  }

  /**
   * Tells whether a file of which {@code noted} was noted is this one and nothing happened to it:
   * not even its name was changed.
   */
  boolean isUntouchedSince(FileStat noted) {
    return inode != 0 && changedNanos != 0 && equals(noted);
  }

  /**
   * Tells whether this may be the file of which {@code noted} was noted, under whatever name and
   * with whatever was added. The number of a deleted file is given to another, which was made after
   * the note.
   */
  boolean isLaterLookAt(FileStat noted) {
    return inode != 0 && inode == noted.inode && bornNanos <= noted.changedNanos;
  }

  /**
   * Tells whether this may be a copy of a file that stays where it is, as of one that is truncated
   * then. A file that was renamed is older than what has its name now.
   */
  boolean isCopyOf(FileStat original) {
    return (inode == 0 || inode != original.inode) && bornNanos >= original.bornNanos;
  }

  /** Tells whether only its name or its rights have changed since. */
  boolean hasContentTimeOf(FileStat noted) {
    return sizeBytes == noted.sizeBytes && modifiedNanos == noted.modifiedNanos;
  }

  /** Tells whether it was modified in the same second, which is what packing keeps. */
  boolean hasSecondOf(FileStat noted) {
    return TimeUnit.NANOSECONDS.toSeconds(modifiedNanos)
        == TimeUnit.NANOSECONDS.toSeconds(noted.modifiedNanos);
  }
}
