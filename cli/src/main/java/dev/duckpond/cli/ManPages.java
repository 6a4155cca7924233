package dev.duckpond.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the pages for {@code man}; the build runs it for the distribution. */
public final class ManPages {
  private ManPages() {}

  /**
   * Writes {@code pond.1} and a page for each command.
   *
   * @param words the directory to write to, which is made
   */
  public static void main(String[] words) throws IOException {
    write(Path.of(words[0]));
  }

  static void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("pond.1"), ManPage.ofAll());
    for (CommandEntry entry : Commands.list()) {
      Files.writeString(directory.resolve("pond-" + entry.name() + ".1"), ManPage.of(entry));
    }
  }
}
