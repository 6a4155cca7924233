package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.formats.Converted;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.TextConversion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Turns a file of an inbox into Parquet, row by row. */
final class InboxReading {
  private static final String TEXT = "VARCHAR";

  private final CollectSite run;
  private final DuckSession duck;
  private final Source source;
  private final String label;

  /** Prepares for a file that errors call {@code label}. */
  InboxReading(CollectSite run, DuckSession duck, Source source, String label) {
    this.run = run;
    this.duck = duck;
    this.source = source;
    this.label = label;
  }

  /** Reads a file, and warns of what is left out. */
  InboxFile read(Path copy) {
    if (source.format().format() == PondUrl.Format.PARQUET) {
      return new InboxFile(copy, Map.of(), InboxFile.Lines.NONE);
    }
    PondUrl url =
        new PondUrl(
            PondUrl.Place.HOST,
            source.format().format(),
            source.format().compression(),
            PondUrl.Treatment.ANY,
            copy.toAbsolutePath().toString(),
            source.format().options());
    Path parquet = run.scratch().resolve("inbox-converted.parquet");
    TextConversion conversion = new TextConversion(duck);
    Map<String, String> types = types();
    Converted done = conversion.convert(url, types, label, parquet);
    if (hidesLocalTimes(parquet)) {
      types.put(time(parquet).name(), TEXT);
      done = conversion.convert(url, types, label, parquet);
    }
    if (!done.rejected().isEmpty()) {
      run.warn(done.rejected().sentence(label));
    }
    InboxFile.Lines lines =
        isCsv()
            ? row -> conversion.findLine(url, row, label, run.scratch().resolve("inbox-lines"))
            : InboxFile.Lines.NONE;
    return new InboxFile(parquet, done.properties(), lines);
  }

  private boolean isCsv() {
    return source.format().format() == PondUrl.Format.CSV;
  }

  private boolean hidesLocalTimes(Path parquet) {
    boolean mayHide =
        isCsv()
            && source.zone().isPresent()
            && !source.format().options().containsKey("timestampformat");
    return mayHide && time(parquet).hidesLocalTimes();
  }

  private InboxTime time(Path parquet) {
    return InboxTime.find(source, label, duck.readParquetOutline(parquet).columns());
  }

  /** Names stay text, though the engine may take T for a flag; numbers are checked later. */
  private Map<String, String> types() {
    Map<String, String> types = new HashMap<>();
    source
        .longForm()
        .ifPresent(form -> {
          types.put(form.name(), TEXT);
          types.put(form.value(), TEXT);
          form.offset().ifPresent(name -> types.put(name, TEXT));
        });
    return types;
  }
}
