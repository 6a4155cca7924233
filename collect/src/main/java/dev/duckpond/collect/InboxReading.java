package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Becomes;
import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.formats.Converted;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.TextConversion;
import dev.duckpond.query.UnclearTimes;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a file of an inbox into Parquet, row by row. */
final class InboxReading {
  private final CollectSite run;
  private final DuckSession duck;
  private final Source source;
  private final StoredTypes stored;
  private final String label;

  /**
   * Prepares for a file.
   *
   * @param stored what the rows are to fit
   * @param label what errors call the file
   */
  InboxReading(CollectSite run, DuckSession duck, Source source, StoredTypes stored, String label) {
    this.run = run;
    this.duck = duck;
    this.source = source;
    this.stored = stored;
    this.label = label;
  }

  /** Reads a file, and warns of what is left out. */
  InboxFile read(Path copy) {
    if (source.format().format() == PondUrl.Format.PARQUET) {
      return new InboxFile(copy, Map.of(), Set.of(), InboxFile.Lines.NONE);
    }
    PondUrl url = url(copy);
    Path parquet = run.scratch().resolve("inbox-converted.parquet");
    TextConversion conversion = new TextConversion(duck);
    Map<String, String> types = types();
    Converted done = converted(conversion, url, types, parquet);
    List<Column> columns = duck.readParquetOutline(parquet).columns();
    List<String> texts = texts(parquet, columns);
    InboxIds ids = new InboxIds(run, duck, source, stored, label);
    if (isCsv()) {
      texts.addAll(ids.find(conversion, url, columns, texts));
    }
    if (!texts.isEmpty()) {
      texts.forEach(name -> types.put(name, StoredTypes.TEXT));
      done = conversion.convert(url, types, label, parquet);
    }
    InboxFile.Lines lines =
        isCsv()
            ? row -> conversion.findLine(url, row, label, run.scratch().resolve("inbox-lines"))
            : InboxFile.Lines.NONE;
    if (isCsv()) {
      ids.warn(parquet, lines);
    }
    if (!done.rejected().isEmpty()) {
      run.warn(done.rejected().sentence(label));
    }
    return new InboxFile(parquet, done.properties(), numbers(columns, texts), lines);
  }

  /**
   * Requires that the engine had to guess no time of a column that is left as the engine reads it.
   *
   * @throws PondException.Invalid naming the line of the first
   */
  void requireClear(Path copy, String column) {
    new UnclearTimes(duck)
        .requireNone(
            url(copy),
            column,
            label,
            run.scratch().resolve("inbox-times.parquet"),
            InboxTimeText.HOW_WRITTEN);
  }

  private Converted converted(
      TextConversion conversion, PondUrl url, Map<String, String> types, Path parquet) {
    try {
      return conversion.convert(url, types, label, parquet);
    } catch (PondException.Invalid e) {
      if (!types.isEmpty()) {
        requireColumns(conversion, url, types, e);
      }
      List<String> wide = isCsv() ? wide(conversion, url, types, e) : List.of();
      if (wide.isEmpty()) {
        throw e;
      }
      wide.forEach(name -> types.put(name, StoredTypes.TEXT));
      return conversion.convert(url, types, label, parquet);
    }
  }

  /** Lists columns that the engine reads as whole numbers which are too long to be kept as such. */
  private List<String> wide(
      TextConversion conversion,
      PondUrl url,
      Map<String, String> types,
      PondException.Invalid cause) {
    InboxIds ids = new InboxIds(run, duck, source, stored, label);
    try {
      return ids.findWide(conversion, url).stream()
          .filter(name -> !types.containsKey(name))
          .toList();
    } catch (PondException.Invalid other) {
      // The file is damaged, which has been told already.
      cause.addSuppressed(other);
      return List.of();
    }
  }

  /** Says that a column is missing, where that is why a file could not be read. */
  private void requireColumns(
      TextConversion conversion, PondUrl url, Map<String, String> types, PondException.Invalid e) {
    Path plain = run.scratch().resolve("inbox-columns.parquet");
    try {
      conversion.convert(url, Map.of(), label, plain);
    } catch (PondException.Invalid other) {
      // The file is damaged too, or in any case, which has been told already.
      e.addSuppressed(other);
      throw e;
    }
    List<Column> columns = duck.readParquetOutline(plain).columns();
    types.keySet().forEach(name -> InboxTime.require(label, columns, name));
  }

  private PondUrl url(Path copy) {
    return new PondUrl(
        PondUrl.Place.HOST,
        source.format().format(),
        source.format().compression(),
        PondUrl.Treatment.ANY,
        copy.toAbsolutePath().toString(),
        source.format().options());
  }

  private boolean isCsv() {
    return source.format().format() == PondUrl.Format.CSV;
  }

  /** Lists the columns that are text although the engine read them as numbers. */
  private static Set<String> numbers(List<Column> columns, List<String> texts) {
    return columns.stream()
        .filter(column -> StoredTypes.isFloatType(column.type()))
        .map(Column::name)
        .filter(texts::contains)
        .collect(Collectors.toSet());
  }

  /** Lists the columns for which the engine chose a type that loses what is to be read in them. */
  private List<String> texts(Path parquet, List<Column> columns) {
    boolean isObjects = source.format().format() == PondUrl.Format.NDJSON;
    if (!isCsv() && !isObjects) {
      return new ArrayList<>();
    }
    List<String> names = new ArrayList<>();
    boolean isTimed =
        source.becomes() == Becomes.SERIES
            || source.longForm().isPresent()
            || source.zone().isPresent();
    List<Column> values = List.of();
    if (isTimed) {
      InboxTime time = InboxTime.find(source, label, columns);
      if (time.isGuessed()) {
        names.add(time.name());
      }
      values = columns.stream().filter(column -> !column.name().equals(time.name())).toList();
    }
    if (source.longForm().isEmpty()) {
      names.addAll(new LargeNumbers(duck, stored).find(parquet, values));
    }
    if (isObjects) {
      return names;
    }
    for (Column column : columns) {
      String name = column.name();
      boolean isText = column.type().equals(StoredTypes.TEXT);
      boolean isNumber = StoredTypes.isNumberType(column.type());
      boolean isOther = stored.isText(name) || (stored.isNumber(name) && !isNumber);
      if (!isText && isOther && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Names stay text, though the engine may take T for a flag; numbers are checked later. */
  private Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    if (!isCsv()) {
      return types;
    }
    source
        .longForm()
        .ifPresent(form -> {
          types.put(form.name(), StoredTypes.TEXT);
          types.put(form.value(), StoredTypes.TEXT);
          form.offset().ifPresent(name -> types.put(name, StoredTypes.TEXT));
        });
    return types;
  }
}
