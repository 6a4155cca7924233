package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
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

  private ConfigFile() {}

  /** Answers what messages call it. */
  static String label(String file) {
    return file.equals(STDIN) ? "standard input" : file;
  }

  /** Finds its place on this machine; empty for standard input. */
  static Optional<Path> findPath(CommandContext context, String file) {
    return file.equals(STDIN)
        ? Optional.empty()
        : Optional.of(context.hostPath(file).toAbsolutePath().normalize());
  }

  /**
   * Answers the text.
   *
   * @throws PondException.Invalid when it is not UTF-8
   */
  static String read(CommandContext context, String file) {
    try {
      byte[] bytes =
          file.equals(STDIN)
              ? context.environment().stdin().readAllBytes()
              : Files.readAllBytes(context.hostPath(file));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new PondException.Invalid(
          "'" + label(file) + "' is not UTF-8", "", "Save the file as UTF-8.", e);
    } catch (IOException e) {
      throw HostTrouble.of("'" + label(file) + "' cannot be read", "", e);
    }
  }
}
