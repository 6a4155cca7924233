package dev.duckpond.export;

import dev.duckpond.duckdb.ParquetOptions.Compression;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.Visibility;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Says what to export, where to, and how it is cut.
 *
 * @param patterns what to export, in order; none for a stage that makes files of its own
 * @param directory where to; made when it is not there
 * @param temporal levels of the date, coarsest first, each with those before it
 * @param partitionBy columns besides time, placed before the temporal ones
 * @param range rows outside of it are left out
 * @param rowGroupRows rows of a Parquet row group; when empty, chosen by the number of columns
 * @param options switches that are on
 */
public record ExportRequest(
    List<PathPattern> patterns,
    Visibility visibility,
    Path directory,
    List<TemporalLevel> temporal,
    List<String> partitionBy,
    TimeRange range,
    Compression compression,
    OptionalLong rowGroupRows,
    NullTimePolicy nullTime,
    Set<Option> options) {

  /** A switch, off unless named. */
  public enum Option {
    /** Files in the way that an export did not write are replaced. */
    OVERWRITE,
    /** Partition columns are written into the files as well. */
    KEEP_PARTITION_COLUMNS,
    /** The first target that fails ends the run. */
    FAIL_FAST,
    /** Every file is made anew, whatever the last export left. */
    FULL,
    /** The plan is made and reported; nothing is written. */
    DRY_RUN
  }

  public ExportRequest {
    patterns = List.copyOf(patterns);
    temporal = List.copyOf(temporal);
    partitionBy = List.copyOf(partitionBy);
    options = Set.copyOf(options);
    directory = directory.toAbsolutePath().normalize();
    List<TemporalLevel> levels = List.of(TemporalLevel.values());
    if (temporal.size() > levels.size() || !temporal.equals(levels.subList(0, temporal.size()))) {
      throw new IllegalArgumentException("temporal levels are not in order: " + temporal);
    }
    if (rowGroupRows.isPresent() && rowGroupRows.getAsLong() < 1) {
      throw new PondException.Usage(
          "--row-group-rows " + rowGroupRows.getAsLong() + " is below 1", "", "Give 1 or more.");
    }
    requireDistinct(temporal, partitionBy);
  }

  private static void requireDistinct(List<TemporalLevel> temporal, List<String> partitionBy) {
    Set<String> names = new HashSet<>();
    temporal.forEach(level -> names.add(level.word()));
    for (String column : partitionBy) {
      if (column.isEmpty() || !names.add(column.toLowerCase(Locale.ROOT))) {
        throw new PondException.Usage(
            "the partition column '" + column + "' is named twice or empty",
            "temporal levels are partition columns too",
            "Name every partition column once.");
      }
    }
  }

  boolean has(Option option) {
    return options.contains(option);
  }

  boolean isPartitioned() {
    return !temporal.isEmpty() || !partitionBy.isEmpty();
  }

  /** Answers the same request for other patterns. */
  public Builder forPatterns(List<PathPattern> others) {
    Builder builder =
        new Builder(directory, others)
            .visibility(visibility)
            .temporal(temporal)
            .partitionBy(partitionBy)
            .range(range)
            .compression(compression)
            .nullTime(nullTime);
    rowGroupRows.ifPresent(builder::rowGroupRows);
    options.forEach(builder::with);
    return builder;
  }

  /** Starts a request for some patterns, which writes one file per target. */
  public static Builder builder(Path directory, List<PathPattern> patterns) {
    return new Builder(directory, patterns);
  }

  /**
   * Reads the word for a codec: {@code zstd}, {@code snappy}, {@code gzip}, {@code lz4} or {@code
   * none}.
   *
   * @throws PondException.Usage for any other word
   */
  public static Compression parseCompression(String word) {
    return switch (word) {
      case "zstd" -> Compression.ZSTD;
      case "snappy" -> Compression.SNAPPY;
      case "gzip" -> Compression.GZIP;
      case "lz4" -> Compression.LZ4_RAW;
      case "none" -> Compression.UNCOMPRESSED;
      default ->
          throw new PondException.Usage(
              "'" + word + "' is not a compression", "", "Use zstd, snappy, gzip, lz4 or none.");
    };
  }

  /** Collects a request. One thread only. */
  public static final class Builder {
    private final Path directory;
    private final List<PathPattern> patterns;
    private Visibility visibility = Visibility.VISIBLE_ONLY;
    private List<TemporalLevel> temporal = List.of();
    private List<String> partitionBy = List.of();
    private TimeRange range = TimeRange.ALL;
    private Compression compression = Compression.ZSTD;
    private OptionalLong rowGroupRows = OptionalLong.empty();
    private NullTimePolicy nullTime = NullTimePolicy.FAIL;
    private final List<Option> options = new ArrayList<>();

    private Builder(Path directory, List<PathPattern> patterns) {
      this.directory = directory;
      this.patterns = patterns;
    }

    /** Says whether wildcards match hidden names; they do not unless told. */
    public Builder visibility(Visibility hidden) {
      visibility = hidden;
      return this;
    }

    /** Cuts by levels of the date. */
    public Builder temporal(List<TemporalLevel> levels) {
      temporal = levels;
      return this;
    }

    /** Cuts by the values of columns. */
    public Builder partitionBy(List<String> columns) {
      partitionBy = columns;
      return this;
    }

    /** Keeps to a half-open range of time. */
    public Builder range(TimeRange rows) {
      range = rows;
      return this;
    }

    /** Sets the codec of Parquet pages; Zstandard unless told. */
    public Builder compression(Compression codec) {
      compression = codec;
      return this;
    }

    /** Sets the rows of a Parquet row group. */
    public Builder rowGroupRows(long rows) {
      rowGroupRows = OptionalLong.of(rows);
      return this;
    }

    /** Says what happens to rows without a time. */
    public Builder nullTime(NullTimePolicy policy) {
      nullTime = policy;
      return this;
    }

    /** Turns a switch on. */
    public Builder with(Option option) {
      options.add(option);
      return this;
    }

    /**
     * Returns the request.
     *
     * @throws PondException.Usage when something is named twice or out of range
     */
    public ExportRequest build() {
      return new ExportRequest(
          patterns,
          visibility,
          directory,
          temporal,
          partitionBy,
          range,
          compression,
          rowGroupRows,
          nullTime,
          Set.copyOf(options));
    }
  }
}
