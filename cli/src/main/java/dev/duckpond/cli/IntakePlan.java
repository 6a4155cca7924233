package dev.duckpond.cli;

import dev.duckpond.tinyfs.EntryName;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
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
 * @param skipped what in a directory cannot be copied, with the reason
 * @param places where the files really are, links followed: directories, and single files
 */
record IntakePlan(
    List<Item> items, Set<PondPath> directories, List<Skipped> skipped, Set<Path> places) {
  /** The last bytes of a URI's form of a name that is UTF-8 and holds U+FFFD itself. */
  private static final String ENCODED_REPLACEMENT = "%EF%BF%BD";

  /** Something that is left out. */
  record Skipped(String label, String reason) {}

  /** One file and its place in the pond. */
  record Item(HostSource source, PondPath target) {}

  /**
   * Looks at the sources; a directory is walked, links in it are followed.
   *
   * @param ground what cannot be copied, as it is the pond itself
   * @throws PondException.NotFound when a source is not there
   * @throws PondException.Usage when a source is the pond
   * @throws PondException.Conflict when two files would go to one place
   */
  static IntakePlan of(List<HostSource> sources, Destination destination, PondGround ground) {
    destination.requireTakesIn(sources.size());
    Builder plan = new Builder(ground);
    for (HostSource source : sources) {
      if (!Files.exists(source.path())) {
        throw new PondException.NotFound(
            "'" + source.label() + "' does not exist", "", "Check the path on this machine.");
      }
      if (ground.isOf(source.path())) {
        throw new PondException.Usage(
            "'" + source.label() + "' cannot be copied into the pond",
            "it is the pond itself, or a part of it",
            "Name what else is to be copied; to keep a second pond, copy the directory with cp"
                + " -r.");
      }
      PondPath target =
          destination.takesIn()
              ? destination.of(name(source.path(), source.label()))
              : destination.path();
      plan.addPlace(source.path(), source.label());
      if (Files.isDirectory(source.path())) {
        plan.walk(source, target);
      } else if (Files.isRegularFile(source.path())) {
        plan.add(source, target);
      } else {
        throw new PondException.Invalid(
            "'" + source.label() + "' is neither a file nor a directory",
            "",
            "Leave it out, or copy what it gives into a file first.");
      }
      if (destination.takesIn()) {
        plan.directories.add(destination.path());
      }
    }
    return plan.build();
  }

  /** Answers the name that a file has in the pond. */
  private static EntryName name(Path path, String label) {
    String name = Optional.ofNullable(path.getFileName()).orElse(path).toString();
    boolean decoded = name.indexOf('\ufffd') < 0;
    if (!decoded && !path.toUri().getRawPath().contains(ENCODED_REPLACEMENT)) {
      throw new PondException.Invalid(
          "'" + label + "' has a name that is not UTF-8", "", "Rename it, then copy it.");
    }
    return new EntryName(name);
  }

  /** Collects while walking. */
  private static final class Builder {
    private final TreeMap<PondPath, Item> items = new TreeMap<>();
    private final Set<PondPath> directories = new LinkedHashSet<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Set<Path> places = new LinkedHashSet<>();
    private final PondGround ground;

    Builder(PondGround ground) {
      this.ground = ground;
    }

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
                if (ground.isOf(at)) {
                  skipped.add(new Skipped(label(root, at), "it is the pond itself"));
                  return FileVisitResult.SKIP_SUBTREE;
                }
                directories.add(below(root, at, target));
                if (Files.isSymbolicLink(at)) {
                  addPlace(at, label(root, at));
                }
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String label = label(root, file);
                if (!attributes.isRegularFile()) {
                  skipped.add(
                      new Skipped(
                          label,
                          attributes.isSymbolicLink()
                              ? "it is a link that leads nowhere"
                              : "it is neither a file nor a directory"));
                  return FileVisitResult.CONTINUE;
                }
                add(root.inside(file, label), below(root, file, target));
                if (Files.isSymbolicLink(file)) {
                  addPlace(file, label);
                }
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException failure) {
                if (failure instanceof FileSystemLoopException) {
                  skipped.add(
                      new Skipped(
                          label(root, file), "it is a link to a directory that it lies in"));
                  return FileVisitResult.CONTINUE;
                }
                throw unreadable(label(root, file), failure);
              }
            });
      } catch (IOException e) {
        throw unreadable(root.label(), e);
      }
    }

    void addPlace(Path path, String label) {
      try {
        places.add(path.toRealPath());
      } catch (IOException e) {
        throw unreadable(label, e);
      }
    }

    private static PondException unreadable(String label, IOException cause) {
      return HostTrouble.of("'" + label + "' cannot be read", "", cause);
    }

    private static String label(HostSource root, Path file) {
      return root.child(root.path().relativize(file));
    }

    private static PondPath below(HostSource root, Path file, PondPath target) {
      PondPath path = target;
      for (Path name : root.path().relativize(file)) {
        if (!name.toString().isEmpty()) {
          path = path.child(name(name, label(root, file)));
        }
      }
      return path;
    }

    IntakePlan build() {
      return new IntakePlan(List.copyOf(items.values()), directories, List.copyOf(skipped), places);
    }
  }
}
