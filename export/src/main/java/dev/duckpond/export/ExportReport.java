package dev.duckpond.export;

import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says what an export did, or would do.
 *
 * @param directory with symbolic links followed
 * @param patterns in the order of the request
 * @param removed files that no longer belonged, by path below the directory
 * @param stopped what ended the export before its last target; what is reported is published
 */
public record ExportReport(
    Path directory,
    List<PatternReport> patterns,
    List<String> removed,
    Optional<PondException> stopped) {
  /** What became of a file. */
  public enum Outcome {
    WRITTEN,
    /** It was in place already. */
    KEPT,
    /** A dry run would write it; size and hash are not known. */
    PLANNED;

    /** Answers the word that the summary uses. */
    public String word() {
      return switch (this) {
        case WRITTEN -> "written";
        case KEPT -> "kept";
        case PLANNED -> "to write";
      };
    }
  }

  /** What the files of a target are. */
  public enum Content {
    /** Parquet. */
    ROWS,
    /** A copy of bytes. */
    BYTES,
    /** A page or table that the export made of what was exported before. */
    MADE
  }

  /** The targets that a pattern matched, by path. */
  public record PatternReport(String pattern, List<TargetReport> targets) {
    public PatternReport {
      targets = List.copyOf(targets);
    }
  }

  /**
   * One exported file of the pond.
   *
   * @param place where its files lie, below the directory of the export
   * @param content what its files are
   * @param columns of a relation; empty for all else
   * @param timeColumn of a relation that has one
   * @param files in the order of partitions; empty when it failed
   */
  public record TargetReport(
      PondPath path,
      List<String> captures,
      String place,
      Content content,
      List<RelationColumn> columns,
      Optional<String> timeColumn,
      List<FileReport> files,
      Optional<PondException> failure) {
    public TargetReport {
      captures = List.copyOf(captures);
      columns = List.copyOf(columns);
      files = List.copyOf(files);
    }

    /** Counts the rows of all its files. */
    public long rows() {
      return files.stream().mapToLong(FileReport::rows).sum();
    }
  }

  /**
   * One file on disk.
   *
   * @param path below the directory of the export, with {@code /} between names
   * @param sizeBytes 0 when planned
   * @param hash empty when planned
   * @param span the time that its partition stands for, half-open; empty when not cut by time
   * @param bounds earliest and latest time of its rows
   */
  public record FileReport(
      String path,
      long rows,
      long sizeBytes,
      Optional<ContentHash> hash,
      Optional<TimeRange> span,
      Optional<EventBounds> bounds,
      Outcome outcome) {}

  public ExportReport {
    patterns = List.copyOf(patterns);
    removed = List.copyOf(removed);
  }

  /** Answers every target, pattern after pattern. */
  public Stream<TargetReport> targets() {
    return patterns.stream().flatMap(pattern -> pattern.targets().stream());
  }

  /** Answers every file, target after target. */
  public Stream<FileReport> files() {
    return targets().flatMap(target -> target.files().stream());
  }

  /**
   * Finds the error that the run ends with: what stopped it; else of a single target its own, of
   * all of them the first, of some of them {@link PondException.PartlyDone}.
   */
  public Optional<PondException> findFailure() {
    if (stopped.isPresent()) {
      return stopped;
    }
    List<PondException> failures = targets().flatMap(target -> target.failure().stream()).toList();
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    if (failures.size() == targets().count()) {
      return Optional.of(failures.getFirst());
    }
    return Optional.of(
        new PondException.PartlyDone(
            failures.size() + " of " + targets().count() + " targets failed",
            String.valueOf(failures.getFirst().getMessage()),
            "The others are exported; run the same export again when the cause is gone."));
  }
}
