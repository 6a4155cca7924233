package dev.duckpond.collect;

import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pattern of files of this machine, with the wildcards and captures of the pond's own patterns.
 * Immutable.
 */
record HostGlob(PathPattern pattern) {
  /** Files that one pattern may match; a mistake in it is not to read a whole disk. */
  private static final int MAX_FILES = 100_000;

  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  /** A file and what the wildcards stand for. */
  record Match(Path file, Captures captures) {}

  /**
   * Reads a pattern.
   *
   * @throws PondException.Usage when it is not absolute, or no pattern
   */
  static HostGlob parse(String text) {
    if (!text.startsWith("/")) {
      throw new PondException.Usage(
          "'" + text + "' is no absolute pattern of files",
          "a node has no working directory",
          "Begin it with a slash.");
    }
    return new HostGlob(PathPattern.parse(text));
  }

  /**
   * Lists the files that match, sorted by path. Hidden files match only where the dot is written.
   */
  List<Match> list() {
    List<String> parts = List.of(pattern.toString().split("/"));
    Path base = Path.of("/");
    int levels = 0;
    for (String part : parts) {
      if (levels > 0 || WILDCARD.matcher(part).find()) {
        levels = part.equals("**") ? PondPath.MAX_DEPTH : levels + 1;
      } else {
        base = base.resolve(part.replace("\\", ""));
      }
    }
    if (!Files.exists(base)) {
      return List.of();
    }
    boolean wantsHidden = parts.getLast().startsWith(".");
    List<Match> matches = new ArrayList<>();
    try (Stream<Path> walk =
        Files.walk(base, Math.min(levels, PondPath.MAX_DEPTH), FileVisitOption.FOLLOW_LINKS)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> wantsHidden || !String.valueOf(file.getFileName()).startsWith("."))
          .forEach(file -> find(file).ifPresent(matches::add));
    } catch (IOException | UncheckedIOException e) {
      throw new PondException.Failed(
          "the files of '" + pattern + "' cannot be listed", String.valueOf(e.getMessage()), "", e);
    }
    if (matches.size() > MAX_FILES) {
      throw new PondException.Invalid(
          "'" + pattern + "' matches " + matches.size() + " files",
          MAX_FILES + " are the limit",
          "Narrow the pattern.");
    }
    matches.sort(Comparator.comparing(Match::file));
    return List.copyOf(matches);
  }

  private Optional<Match> find(Path file) {
    List<EntryName> names = new ArrayList<>();
    for (Path name : file) {
      names.add(new EntryName(name.toString()));
    }
    return pattern.match(new PondPath(names)).map(captures -> new Match(file, captures));
  }
}
