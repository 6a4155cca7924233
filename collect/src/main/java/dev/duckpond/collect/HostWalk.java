package dev.duckpond.collect;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what matches a pattern, and goes on where something cannot be read. For one walk. */
final class HostWalk extends SimpleFileVisitor<Path> {
  private final HostGlob glob;
  private final boolean wantsHidden;
  private final int maxFiles;
  private final List<HostGlob.Match> matches = new ArrayList<>();
  private final List<HostGlob.Unreadable> unreadable = new ArrayList<>();

  HostWalk(HostGlob glob, boolean wantsHidden, int maxFiles) {
    this.glob = glob;
    this.wantsHidden = wantsHidden;
    this.maxFiles = maxFiles;
  }

  HostGlob.Listing listing() {
    return new HostGlob.Listing(
        matches.stream().sorted(Comparator.comparing(HostGlob.Match::file)).toList(),
        unreadable.stream().sorted(Comparator.comparing(HostGlob.Unreadable::path)).toList(),
        Optional.empty());
  }

  /**
   * Sees a file.
   *
   * @throws PondException.Invalid when it is one too many
   */
  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    boolean isShown = wantsHidden || !String.valueOf(file.getFileName()).startsWith(".");
    if (attributes.isRegularFile() && isShown) {
      glob.find(file).ifPresent(this::see);
    }
    return FileVisitResult.CONTINUE;
  }

  private void see(HostGlob.Match match) {
    if (HostName.isText(match.file())) {
      add(match);
    } else {
      unreadable.add(HostName.unreadable(match.file()));
    }
  }

  private void add(HostGlob.Match match) {
    if (matches.size() == maxFiles) {
      throw new PondException.Invalid(
          "'" + glob.pattern() + "' matches more than " + maxFiles + " files",
          "that is the limit",
          "Narrow the pattern.");
    }
    matches.add(match);
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    boolean isElsewhere = e instanceof FileSystemLoopException || e instanceof NoSuchFileException;
    if (!isElsewhere) {
      unreadable.add(new HostGlob.Unreadable(file, HostFailure.reason(e)));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
    return e == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, e);
  }
}
