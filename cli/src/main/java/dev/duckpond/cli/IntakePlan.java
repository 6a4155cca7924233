package dev.duckpond.cli;

import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which files go where, in order of their paths, and which directories are needed for it.
 *
 * @param directories to make where they are missing, parents first
 * @param skipped what in a directory is neither file nor directory
 */
record IntakePlan(List<Item> items, Set<PondPath> directories, List<Path> skipped) {
  /** One file and its place in the pond. */
  record Item(HostSource source, PondPath target) {}

  /**
   * Looks at the sources; a directory is walked, links in it are followed.
   *
   * @throws PondException.NotFound when a source is not there
   * @throws PondException.Conflict when two files would go to one place
   */
  static IntakePlan of(List<HostSource> sources, Destination destination) {
    destination.requireTakesIn(sources.size());
    Builder plan = new Builder();
    for (HostSource source : sources) {
      if (!Files.exists(source.path())) {
        throw new PondException.NotFound(
            "'" + source.label() + "' does not exist", "", "Check the path on this machine.");
      }
      PondPath target =
          destination.takesIn() ? destination.of(name(source.path())) : destination.path();
      if (Files.isDirectory(source.path())) {
        plan.walk(source, target);
      } else if (Files.isRegularFile(source.path())) {
        plan.add(source, target);
      } else {
        throw new PondException.Invalid(
            "'" + source.label() + "' is neither a file nor a directory", "", "");
      }
      if (destination.takesIn()) {
        plan.directories.add(destination.path());
      }
    }
    return plan.build();
  }

  private static EntryName name(Path path) {
    return new EntryName(
        Optional.ofNullable(path.getFileName()).map(Path::toString).orElse(path.toString()));
  }

  /** Collects while walking. */
  private static final class Builder {
    private final TreeMap<PondPath, Item> items = new TreeMap<>();
    private final Set<PondPath> directories = new LinkedHashSet<>();
    private final List<Path> skipped = new ArrayList<>();

    void add(HostSource source, PondPath target) {
      Item other = items.putIfAbsent(target, new Item(source, target));
      if (other != null) {
        throw new PondException.Conflict(
            "two files would become '" + target + "'",
            other.source().label() + " and " + source.label(),
            "Copy them to different directories.");
      }
    }

    void walk(HostSource root, PondPath target) {
      try {
        Files.walkFileTree(
            root.path(),
            EnumSet.of(FileVisitOption.FOLLOW_LINKS),
            PondPath.MAX_DEPTH,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                directories.add(below(root.path(), at, target));
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                  String label = root.label() + "/" + root.path().relativize(file);
                  add(root.inside(file, label), below(root.path(), file, target));
                } else {
                  skipped.add(file);
                }
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException e) {
        throw new PondException.Failed(
            "'" + root.label() + "' cannot be read", String.valueOf(e.getMessage()), "", e);
      }
    }

    private static PondPath below(Path root, Path file, PondPath target) {
      PondPath path = target;
      for (Path name : root.relativize(file)) {
        if (!name.toString().isEmpty()) {
          path = path.child(new EntryName(name.toString()));
        }
      }
      return path;
    }

    IntakePlan build() {
      return new IntakePlan(List.copyOf(items.values()), directories, List.copyOf(skipped));
    }
  }
}
