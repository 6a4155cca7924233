package dev.duckpond.cli;

import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads text files of this machine that lie next to the texts that name them. */
final class HostTexts implements NodeFactory.TextFiles {
  private final CommandContext context;
  private final String first;
  private final Map<String, Path> known = new HashMap<>();

  /**
   * Starts at a file, next to which others lie.
   *
   * @param first the file, or {@code -} for standard input, which lies in the working directory
   */
  HostTexts(CommandContext context, String first) {
    this.context = context;
    this.first = first;
  }

  @Override
  public NodeFactory.TextFile read(String name, String namedIn) {
    Path near = known.getOrDefault(namedIn, Path.of(first));
    Path file =
        Optional.ofNullable(near.getParent())
            .map(directory -> directory.resolve(name))
            .orElseGet(() -> Path.of(name))
            .normalize();
    known.put(file.toString(), file);
    Path place = context.hostPath(file.toString());
    if (Files.exists(place) && !Files.isRegularFile(place)) {
      // A pipe or a device might never answer.
      throw new PondException.Invalid(
          "'" + file + "' cannot be read",
          Files.isDirectory(place) ? "it is a directory" : "it is not a plain file",
          "Name a file of text.");
    }
    return new NodeFactory.TextFile(file.toString(), ConfigFile.read(context, file.toString()));
  }
}
