package dev.duckpond.collect;

import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern of files of this machine, with the wildcards and captures of the pond's own patterns.
 * Immutable.
 */
record HostGlob(PathPattern pattern) {
  /** Files that one pattern may match; a mistake in it is not to read a whole disk. */
  private static final int MAX_FILES = 100_000;

  private static final Pattern WILDCARDS = Pattern.compile("[*?]|\\[[^]]*]|\\{[^}]*}");
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
   * What a look at the machine found.
   *
   * @param matches sorted by path
   * @param unreadable what could not be looked into, in the same order
   * @param missing the directory that the pattern begins with, when there is none
   */
  record Listing(List<Match> matches, List<Unreadable> unreadable, Optional<Path> missing) {
    Listing {
      matches = List.copyOf(matches);
      unreadable = List.copyOf(unreadable);
    }
  }

  /** A file or directory, and why nothing could be seen of it. */
  record Unreadable(Path path, String why) {}

  /** Answers the folder that the pattern begins with: all before the first part with a wildcard. */
  Path base() {
    Path base = Path.of("/");
    Path before = base;
    for (String part : List.of(pattern.toString().split("/"))) {
      if (WILDCARD.matcher(part).find()) {
        return base;
      }
      before = base;
      base = base.resolve(part.replace("\\", ""));
    }
    return before;
  }

  /** Tells whether files directly in a folder may match, by the folders of the pattern alone. */
  boolean reaches(Path folder) {
    String text = pattern.toString();
    String last = text.endsWith("/**") ? "**" : "*";
    String inFolders = text.substring(0, text.lastIndexOf('/') + 1) + last;
    try {
      return new HostGlob(PathPattern.parse(inFolders)).find(folder.resolve("file")).isPresent();
    } catch (PondException.Usage e) {
      // The last slash is inside of braces, which hold whole patterns.
      return find(folder.resolve("file")).isPresent();
    }
  }

  /** Lists the files that match. Hidden files match only where the dot is written. */
  Listing list() {
    return list(MAX_FILES);
  }

  /**
   * Lists the files that match, if they are not too many; it looks no further then.
   *
   * @throws PondException.Invalid when there are more
   */
  Listing list(int maxFiles) {
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
    if (levels == 0) {
      return single(base);
    }
    if (!Files.isDirectory(base)) {
      return new Listing(List.of(), List.of(), Optional.of(base));
    }
    HostWalk walk = new HostWalk(this, parts.getLast().startsWith("."), maxFiles);
    try {
      Files.walkFileTree(
          base,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Math.min(levels, PondPath.MAX_DEPTH),
          walk);
    } catch (IOException e) {
      throw HostFailure.of("the files of '" + pattern + "' cannot be listed", e);
    }
    return walk.listing();
  }

  /** Looks at the file that a pattern without wildcards names. */
  private Listing single(Path file) {
    Path parent = file.getParent();
    return parent != null && !Files.isDirectory(parent)
        ? new Listing(List.of(), List.of(), Optional.of(parent))
        : new Listing(
            Files.isRegularFile(file) ? find(file).stream().toList() : List.of(),
            List.of(),
            Optional.empty());
  }

  /** Tells whether a file would be listed. */
  boolean matches(Path file) {
    return find(file).isPresent();
  }

  /** Counts the characters of the name that are written out: the more, the narrower it is. */
  int literalLength() {
    String text = pattern.toString();
    String name = text.substring(text.lastIndexOf('/') + 1);
    return WILDCARDS.matcher(name).replaceAll("").length();
  }

  /** Tells what the wildcards stand for in a file; empty when it does not match. */
  Optional<Match> find(Path file) {
    List<EntryName> names = new ArrayList<>();
    for (Path name : file) {
      names.add(new EntryName(name.toString()));
    }
    return pattern.match(new PondPath(names)).map(captures -> new Match(file, captures));
  }
}
