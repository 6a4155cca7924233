package dev.duckpond.collect;

import dev.duckpond.query.PondUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The lines of a plain CSV file that have an end: whoever writes the file may go on with the last.
 */
final class WholeLines {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int FEWEST_LINES = 2;
  private static final String DELIMITERS = ",;\t|";

  /** With these, bytes alone do not tell what is a line and what is within quotes. */
  private static final Set<String> UNCLEAR =
      Set.of("quote", "escape", "encoding", "skip", "comment");

  private WholeLines() {}

  /** Tells whether the last line of a file has an end; an empty file has none without one. */
  static boolean areAll(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      if (bytes.length() == 0) {
        return true;
      }
      bytes.seek(bytes.length() - 1);
      return isEnd(bytes.read());
    }
  }

  /** Answers the last name of the first line, without quotes. */
  static String lastName(Path file) throws IOException {
    String line;
    try (InputStream in = Files.newInputStream(file)) {
      String begin = new String(in.readNBytes(BUFFER_BYTES), StandardCharsets.UTF_8);
      line = begin.lines().findFirst().orElse("");
    }
    int end = line.length();
    while (end > 0 && DELIMITERS.indexOf(line.charAt(end - 1)) < 0) {
      end--;
    }
    return line.substring(end).replace("\"", "").strip();
  }

  /**
   * Takes the last line away from a file, unless what is left is no more than names, or it is not
   * sure that it is whole lines.
   *
   * @return whether it was taken away
   */
  static boolean keep(Path file, PondUrl format) throws IOException {
    Map<String, String> options = format.options();
    if (options.keySet().stream().anyMatch(UNCLEAR::contains)) {
      return false;
    }
    long position = 0;
    long end = 0;
    long lines = 0;
    boolean isQuoted = false;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          position++;
          if (buffer[i] == '"') {
            isQuoted = !isQuoted;
          } else if (isEnd(buffer[i]) && !isQuoted) {
            lines += end == position - 1 ? 0 : 1;
            end = position;
          }
        }
      }
    }
    if (lines < FEWEST_LINES) {
      return false;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(end);
    }
    return true;
  }

  private static boolean isEnd(int character) {
    return character == '\n' || character == '\r';
  }
}
