package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads configurations of this machine: a file, or standard input. */
final class ConfigFile {
  /** What stands for standard input. */
  private static final String STDIN = "-";

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Longest text; a configuration has at most a million characters, of four bytes each. */
  static final int MAX_BYTES = 4 << 20;

  private ConfigFile() {}

  /** Answers what messages call it. */
  static String label(String file) {
    return file.equals(STDIN) ? "standard input" : file;
  }

  /** Finds its place on this machine, whatever links lead to it; empty for standard input. */
  static Optional<Path> findPath(CommandContext context, String file) {
    if (file.equals(STDIN)) {
      return Optional.empty();
    }
    Path place = context.hostPath(file);
    try {
      return Optional.of(place.toRealPath());
    } catch (IOException e) {
      // A pipe of the shell is read, and is nowhere.
      return Optional.of(place.toAbsolutePath().normalize());
    }
  }

  /**
   * Answers the text.
   *
   * @throws PondException.Invalid when it is not UTF-8, or too long
   */
  static String read(CommandContext context, String file) {
    try {
      byte[] bytes = bytes(context, file);
      if (bytes.length > MAX_BYTES) {
        throw new PondException.Invalid(
            "'" + label(file) + "' is too long",
            "it has more than " + MAX_BYTES + " bytes",
            "Name a file of text.");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // Some editors begin a file with a mark, which is no part of it.
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new PondException.Invalid(
          "'" + label(file) + "' is not UTF-8", "", "Save the file as UTF-8.", e);
    } catch (IOException e) {
      throw HostTrouble.of("'" + label(file) + "' cannot be read", "Name a file of text.", e);
    }
  }

  /** Reads no more than tells that it is too long: {@code /dev/zero} has no end. */
  private static byte[] bytes(CommandContext context, String file) throws IOException {
    if (file.equals(STDIN)) {
      return context.environment().stdin().readNBytes(MAX_BYTES + 1);
    }
    try (InputStream in = Files.newInputStream(context.hostPath(file))) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }
}
