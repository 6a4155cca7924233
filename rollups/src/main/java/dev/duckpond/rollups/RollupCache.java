package dev.duckpond.rollups;

import dev.duckpond.tinyfs.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory of all that is kept, and the limit of its size. */
final class RollupCache {
  private final Path directory;
  private final long limitBytes;

  /**
   * Uses a directory, which may not exist yet.
   *
   * @param limitBytes beyond this, what was not used for longest goes
   */
  RollupCache(Path directory, long limitBytes) {
    this.directory = directory;
    this.limitBytes = limitBytes;
  }

  RecipeDirectory of(String recipe) {
    String name = ContentHash.of(recipe.getBytes(StandardCharsets.UTF_8)).hex();
    return new RecipeDirectory(directory.resolve(name));
  }

  /** What one recipe keeps, as it was when it was looked at. */
  private record Kept(Path directory, long sizeBytes, FileTime used) {}

  /** Removes what was not used for longest until the rest is within the limit. */
  void trim() throws IOException {
    List<Kept> all = list();
    all.sort(Comparator.comparing(Kept::used).thenComparing(Kept::directory));
    long sum = all.stream().mapToLong(Kept::sizeBytes).sum();
    for (Kept kept : all) {
      if (sum <= limitBytes) {
        return;
      }
      remove(kept.directory());
      sum -= kept.sizeBytes();
    }
  }

  /** Removes everything; what is needed is computed again. Answers how many bytes went. */
  long clear() throws IOException {
    long sum = 0;
    for (Kept kept : list()) {
      remove(kept.directory());
      sum += kept.sizeBytes();
    }
    return sum;
  }

  private List<Kept> list() throws IOException {
    List<Kept> all = new ArrayList<>();
    try (DirectoryStream<Path> recipes = Files.newDirectoryStream(directory)) {
      for (Path recipe : recipes) {
        if (Files.isDirectory(recipe)) {
          all.add(kept(recipe));
        }
      }
    } catch (NoSuchFileException e) {
      return all;
    }
    return all;
  }

  private static Kept kept(Path recipe) throws IOException {
    long bytes = 0;
    FileTime used = FileTime.fromMillis(0);
    try (Stream<Path> files = Files.list(recipe)) {
      for (Path file : files.toList()) {
        try {
          bytes += Files.size(file);
          if (file.endsWith(RecipeDirectory.INVENTORY)) {
            used = Files.getLastModifiedTime(file);
          }
        } catch (NoSuchFileException e) {
          // Another process was faster.
        }
      }
    } catch (NoSuchFileException e) {
      // Another process was faster.
    }
    return new Kept(recipe, bytes, used);
  }

  private static void remove(Path recipe) throws IOException {
    try (Stream<Path> files = Files.list(recipe)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(recipe);
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      // Another process was faster, or keeps something there just now.
    }
  }
}
