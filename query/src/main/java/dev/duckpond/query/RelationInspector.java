package dev.duckpond.query;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ParquetOutline;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.query.RelationShape.StoredTime;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks into Parquet files before a pond takes them in: are they sound, what columns have they,
 * which holds the time, and do they fit the series so far.
 *
 * <p>Uses a session that may read the files. One thread only.
 */
public final class RelationInspector {
  private static final byte[] PARQUET_MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** How far to look for bytes that text has not. */
  private static final int LOOKED_AT_BYTES = 4096;

  private final DuckSession duck;
  private final Listener listener;

  /** Hears of what is odd about a file and no error. */
  @FunctionalInterface
  public interface Listener {
    /** Tells of rows whose time is NULL, at least one. */
    void rowsWithoutTime(String label, long rows);
  }

  /** Inspects through a session, which stays the caller's. */
  public RelationInspector(DuckSession duck) {
    this(duck, (label, rows) -> {});
  }

  /** Inspects through a session, which stays the caller's, and tells what is odd. */
  public RelationInspector(DuckSession duck, Listener listener) {
    this.duck = duck;
    this.listener = listener;
  }

  /**
   * Decides by content what a file should become: Parquet with a time column a series, other
   * Parquet a table, anything else data. A file that begins as Parquet and is damaged is an error,
   * not data.
   *
   * @throws PondException.Invalid when it is truncated or damaged Parquet
   */
  public EntryType decideType(Path file, String label) {
    return hasParquetMagic(file, label)
        ? inspect(file, label, TimeHints.NONE).timeColumn().isPresent()
            ? EntryType.TABLE_SERIES
            : EntryType.TABLE
        : EntryType.DATA;
  }

  /** Tells whether the file begins as Parquet does. */
  public boolean hasParquetMagic(Path file, String label) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(PARQUET_MAGIC.length), PARQUET_MAGIC);
    } catch (IOException e) {
      throw new PondException.Failed(
          "'" + label + "' cannot be read",
          String.valueOf(e.getMessage()),
          "Check the disk and the permissions.",
          e);
    }
  }

  /**
   * Answers the facts of a file that becomes a table. A time column is noted when there is exactly
   * one that looks like it: integers that are no plausible times do not count unless they were
   * declared to be, and neither do times that no TIMESTAMP can hold.
   *
   * @param label what errors call the file
   * @throws PondException.Invalid when it is not sound Parquet
   */
  public ContentFacts inspect(Path file, String label, TimeHints hints) {
    ParquetOutline footer = footer(file, label);
    List<RelationColumn> columns = columns(footer);
    if (TimeColumnFinder.find(columns, hints, label) instanceof TimeColumnFinder.Found.One one) {
      Optional<TimeScan> scan = tableScan(file, label, one.column(), hints);
      scan.ifPresent(found -> tell(found, label));
      return facts(file, columns, scan, footer.rows());
    }
    return facts(file, columns, Optional.empty(), footer.rows());
  }

  /**
   * Answers the facts of a file that becomes the next version of a series.
   *
   * @param label what errors call the file
   * @throws PondException.Invalid when it is not sound Parquet, has no time column or several, or a
   *     column does not fit the series
   * @throws PondException.Conflict when the series takes its time from another column
   */
  public ContentFacts inspectSeries(
      Path file, String label, SeriesTarget target, TimeHints declared) {
    ParquetOutline footer = footer(file, label);
    List<RelationColumn> columns = columns(footer);
    Shapes earlier = new Shapes(duck, target.contents());
    Optional<StoredTime> before = Optional.empty();
    SchemaUnion union = new SchemaUnion();
    for (NodeVersion version : target.versions()) {
      RelationShape shape = earlier.require(version, target.path());
      before = shape.time().or(() -> Optional.empty());
      if (earlier.isNew(shape)) {
        union.add(shape, target.path().toString());
      }
    }
    TimeHints hints = declared.or(Shapes.hints(target.versions()));
    RelationColumn column = requireTime(columns, hints, before, label);
    before.ifPresent(time -> requireSameName(time, column, label, target));
    TimeScan scan = scan(file, label, column, hints, before.map(StoredTime::encoding));
    union.add(new RelationShape(columns, Optional.of(scan.time())), label);
    tell(scan, label);
    return facts(file, columns, Optional.of(scan), footer.rows());
  }

  private void tell(TimeScan scan, String label) {
    if (scan.timeless() > 0) {
      listener.rowsWithoutTime(label, scan.timeless());
    }
  }

  private TimeScan scan(
      Path file,
      String label,
      RelationColumn column,
      TimeHints hints,
      Optional<TimeEncoding> before) {
    try {
      return TimeScan.of(duck, source(file), column, hints, before, label);
    } catch (DuckException e) {
      throw unsound(file, label, e);
    }
  }

  private Optional<TimeScan> tableScan(
      Path file, String label, RelationColumn column, TimeHints hints) {
    try {
      return TimeScan.ofTable(duck, source(file), column, hints, label);
    } catch (DuckException e) {
      throw unsound(file, label, e);
    }
  }

  private Sql source(Path file) {
    return ParquetSource.of(
        duck, new ParquetSource.VariableNames(), List.of(file), ParquetSource.Columns.ALIKE);
  }

  private static RelationColumn requireTime(
      List<RelationColumn> columns, TimeHints hints, Optional<StoredTime> before, String label) {
    // A series that has chosen its column stays with it, whatever else could be one.
    TimeHints chosen =
        before
            .filter(
                time -> columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(time.column())))
            .map(time -> hints.or(new TimeHints(Optional.of(time.column()), Optional.empty())))
            .orElse(hints);
    return switch (TimeColumnFinder.find(columns, chosen, label)) {
      case TimeColumnFinder.Found.One one -> one.column();
      case TimeColumnFinder.Found.None none ->
          throw noTime(TimeColumnFinder.findNamed(columns), label);
      case TimeColumnFinder.Found.Several several ->
          throw new PondException.Invalid(
              "'" + label + "' has more than one time column",
              String.join(", ", several.columns().stream().map(RelationColumn::name).toList()),
              "Name the one that counts, with --time-column or ?time_column=.");
    };
  }

  private static PondException noTime(Optional<RelationColumn> named, String label) {
    String problem = "'" + label + "' has no time column";
    return named
        .map(column ->
            new PondException.Invalid(
                problem,
                "its column '"
                    + column.name()
                    + "' is of type "
                    + column.type()
                    + ", and a series needs one of integers, timestamps or days",
                "Copy it as a table, or write its times as timestamps."))
        .orElseGet(() ->
            new PondException.Invalid(
                problem,
                "a series needs a column named "
                    + String.join(", ", TimeColumnFinder.NAMES)
                    + " that holds integers, timestamps or days",
                "Copy it as a table, or rename the column."));
  }

  private static void requireSameName(
      StoredTime time, RelationColumn column, String label, SeriesTarget target) {
    if (!time.column().equalsIgnoreCase(column.name())) {
      throw new PondException.Conflict(
          "'" + label + "' does not fit '" + target.path() + "'",
          "its time column is '"
              + column.name()
              + "', that of the series is '"
              + time.column()
              + "'",
          "Rename the column to '" + time.column() + "'.");
    }
  }

  private ContentFacts facts(
      Path file, List<RelationColumn> columns, Optional<TimeScan> scan, long rows) {
    ContentFacts.Builder facts = ContentFacts.builder().rowCount(rows);
    new RelationShape(columns, scan.map(TimeScan::time)).addTo(facts);
    scan.flatMap(found -> runs(file, found))
        .ifPresent(runs -> facts.attribute(TimeRuns.ATTRIBUTE, runs));
    return facts.bounds(scan.flatMap(TimeScan::bounds)).build();
  }

  private Optional<String> runs(Path file, TimeScan scan) {
    StoredTime time = scan.time();
    Sql timestamp = time.encoding().timestamp(Sql.identifier(time.column()));
    return scan.bounds().flatMap(bounds -> TimeRuns.find(duck, source(file), timestamp, bounds));
  }

  private static List<RelationColumn> columns(ParquetOutline footer) {
    return footer.columns().stream().map(RelationInspector::column).toList();
  }

  static RelationColumn column(Column column) {
    return new RelationColumn(column.name(), column.type());
  }

  /**
   * Refuses a file that is not sound Parquet.
   *
   * @throws PondException.Invalid when it is not
   */
  void requireSound(Path file, String label) {
    footer(file, label);
  }

  private ParquetOutline footer(Path file, String label) {
    try {
      return duck.readParquetOutline(file);
    } catch (DuckException e) {
      throw unsound(file, label, e);
    }
  }

  private static String remedyOfNotParquet(Path file, String label) {
    boolean isUrl = PondUrl.looksLikeUrl(label);
    String path = isUrl ? PondUrl.parse(label).path() : label;
    String asData = isUrl ? "'host://" + path + "'" : "'--type data'";
    String asCsv = isUrl ? "'host+csv+series://" + path + "'" : "'--as-series'";
    return looksLikeText(file)
        ? "When it is CSV, copy it with " + asCsv + ", else as data with " + asData + "."
        : "Copy it as data with " + asData + ".";
  }

  private static boolean looksLikeText(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] beginning = in.readNBytes(LOOKED_AT_BYTES);
      for (byte each : beginning) {
        if (each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t') {
          return false;
        }
      }
      return beginning.length > 0;
    } catch (IOException e) {
      // What cannot be read is reported by whoever reads it all.
      return false;
    }
  }

  private static PondException unsound(Path file, String label, DuckException e) {
    return switch (e.kind()) {
      case NOT_PARQUET ->
          new PondException.Invalid(
              "'" + label + "' is not Parquet", "", remedyOfNotParquet(file, label), e);
      case TRUNCATED_PARQUET ->
          new PondException.Invalid(
              "'" + label + "' is a truncated Parquet file",
              "it begins as Parquet and its footer is missing",
              "Get it again from where it came from.",
              e);
      case MISSING_FILE ->
          new PondException.NotFound("'" + label + "' does not exist", "", "Check the path.");
      case IO, OTHER, CONVERSION ->
          new PondException.Invalid(
              "'" + label + "' cannot be read as Parquet",
              String.valueOf(e.getMessage()),
              "Get it again from where it came from.",
              e);
      case SYNTAX, BINDING, CATALOG, OUT_OF_MEMORY, NO_SPACE, PERMISSION, INTERRUPTED ->
          QueryErrors.of("reading '" + label + "'", e);
    };
  }
}
