package dev.duckpond.cli;

import dev.duckpond.oplog.PondLayout;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells which places of this machine are the pond itself, so that nothing is written among its
 * files and it is not copied into itself. Links are followed, as far as a path is there.
 */
final class PondGround {
  private final Path root;
  private final List<Path> parts;

  private PondGround(Path root, List<Path> parts) {
    this.root = root;
    this.parts = List.copyOf(parts);
  }

  static PondGround of(PondLayout layout) {
    List<Path> parts =
        List.of(layout.data(), layout.blobs(), layout.control(), layout.cache(), layout.tmp());
    return new PondGround(real(layout.root()), parts.stream().map(PondGround::real).toList());
  }

  /**
   * Refuses a place to write to that lies in the pond's directory.
   *
   * @param problem what fails then, such as {@code '/x' cannot be copied to '/srv/pond'}
   * @throws PondException.Usage when it lies there
   */
  void requireOutside(Path target, String problem) {
    if (real(target).startsWith(root)) {
      throw new PondException.Usage(
          problem, "the pond itself lies there", "Choose a directory outside of '" + root + "'.");
    }
  }

  /** Tells whether a place is the pond's directory or in one of those that the pond is made of. */
  boolean isOf(Path source) {
    Path place = real(source);
    return place.equals(root) || parts.stream().anyMatch(place::startsWith);
  }

  /**
   * Answers where a path really leads: that of the nearest directory that is there, and the rest.
   */
  private static Path real(Path path) {
    Path there = path.toAbsolutePath().normalize();
    Optional<Path> above = Optional.of(there);
    while (above.isPresent()) {
      Path found = above.get();
      if (Files.exists(found)) {
        try {
          return found.toRealPath().resolve(found.relativize(there)).normalize();
        } catch (IOException e) {
          // Whoever reads or writes there says why that is impossible.
          return there;
        }
      }
      above = Optional.ofNullable(found.getParent());
    }
    return there;
  }
}
