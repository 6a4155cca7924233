package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the pond a command works on: {@code --pond}, else {@code $POND}, else the nearest directory
 * above the working directory that holds one.
 */
final class PondLocator {
  /** What makes a directory a pond: the log of its operation log. */
  private static final Path MARK = Path.of("data", "_delta_log");

  private final CliEnvironment environment;
  private final Optional<String> option;

  PondLocator(CliEnvironment environment, Optional<String> option) {
    this.environment = environment;
    this.option = option;
  }

  /**
   * Answers the directory somebody named, whether a pond is there or not, else the nearest pond.
   *
   * <p>For {@code init}, which makes a pond where none is.
   */
  Optional<Path> findNamed() {
    return option
        .map(text -> resolve("--pond", text))
        .or(() -> environment.findVariable("POND").map(text -> resolve("$POND", text)));
  }

  /** Tells whether the command line says which pond. */
  boolean isNamedByOption() {
    return option.isPresent();
  }

  /** Finds the pond, if there is one where one was named or above the working directory. */
  Optional<Path> find() {
    Optional<Path> named = findNamed();
    return named.isPresent() ? named.filter(PondLocator::isPond) : findAbove();
  }

  /**
   * Answers the directory of the pond.
   *
   * @throws PondException.NotFound naming the three places that were looked at
   */
  Path require() {
    return find().orElseThrow(this::nothingFound);
  }

  /** Tells whether a directory holds a pond. */
  static boolean isPond(Path directory) {
    return Files.isDirectory(directory.resolve(MARK));
  }

  private Optional<Path> findAbove() {
    Path directory = environment.workingDirectory();
    while (directory != null) {
      if (isPond(directory)) {
        return Optional.of(directory);
      }
      directory = directory.getParent();
    }
    return Optional.empty();
  }

  private PondException nothingFound() {
    if (option.isPresent()) {
      Path named = resolve("--pond", option.get());
      return new PondException.NotFound(
          "no pond at " + named, "named by --pond", "pond --pond " + quoted(named) + " init");
    }
    Optional<String> variable = environment.findVariable("POND");
    if (variable.isPresent()) {
      Path named = resolve("$POND", variable.get());
      return new PondException.NotFound("no pond at " + named, "named by $POND", "pond init");
    }
    return new PondException.NotFound(
        "no pond found",
        "--pond is not given, $POND is not set, and neither "
            + environment.workingDirectory()
            + " nor a directory above it holds one",
        "pond --pond DIR init, or cd to a pond");
  }

  private Path resolve(String source, String text) {
    try {
      return environment.workingDirectory().resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new PondException.Usage(
          source + " is not a path", e.getReason(), "Give the path of a directory.");
    }
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
