package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RelationInspector;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TimeHints;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.StagedContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what files hold into the pond, each in one transaction with the line that says so. */
final class InboxIntake {
  /** A header such as {@code DO (mg/L)}. */
  private static final Pattern UNIT = Pattern.compile(".+ \\(([^()]+)\\)");

  private final CollectSite run;
  private final QuerySession session;
  private final DuckSession duck;
  private final InboxLedger ledger;

  InboxIntake(CollectSite run, QuerySession session, InboxLedger ledger) {
    this.run = run;
    this.session = session;
    this.duck = session.duck();
    this.ledger = ledger;
  }

  /**
   * Takes a file in, and tells of it.
   *
   * @param copy its bytes, which nobody changes
   * @param duplicates what becomes of values that a series has already
   * @throws PondException when it cannot be taken in; nothing has changed then
   */
  void take(Source source, Path copy, LedgerFile.Entry entry, Duplicates duplicates)
      throws IOException {
    PondPath target = PondPath.of(entry.to());
    String told =
        switch (source.becomes()) {
          case DATA -> bytes(copy, target, entry);
          case TABLE -> table(source, copy, target, entry);
          case SERIES -> series(source, copy, target, entry, duplicates);
        };
    ledger.remember(entry);
    run.tell(told);
  }

  /** Writes down that a file is in, without taking anything. */
  void note(LedgerFile.Entry entry) {
    run.write(draft -> {
      ledger.write(draft, entry);
      return true;
    });
    ledger.remember(entry);
  }

  private String bytes(Path copy, PondPath target, LedgerFile.Entry entry) {
    run.write(draft -> {
      stage(draft, copy, target, EntryType.DATA, ContentFacts.NONE);
      ledger.write(draft, entry);
      return true;
    });
    return target + ": " + entry.sizeBytes() + " bytes, from " + entry.file();
  }

  private String table(Source source, Path copy, PondPath target, LedgerFile.Entry entry)
      throws IOException {
    InboxFile file = converted(source, copy, StoredTypes.NONE, entry.file());
    boolean isShaped = source.longForm().isPresent() || source.zone().isPresent();
    Path rows =
        isShaped
            ? shaped(source, file, StoredTypes.NONE, entry.file())
                .map(each -> each.all().file())
                .orElse(file.parquet())
            : file.parquet();
    ContentFacts facts = new RelationInspector(duck).inspect(rows, entry.file(), TimeHints.NONE);
    if (!isShaped) {
      requireClear(source, copy, rows, facts.timeColumn(), entry.file());
    }
    run.write(draft -> {
      stage(draft, rows, target, EntryType.TABLE, facts);
      ledger.write(draft, entry);
      return true;
    });
    long count = facts.rowCount().orElse(0);
    return target + ": " + count + (count == 1 ? " row" : " rows") + ", from " + entry.file();
  }

  /** Requires that the engine had to guess no time of any column. */
  private void requireClear(
      Source source, Path copy, Path rows, Optional<String> time, String label) {
    InboxReading reading = new InboxReading(run, duck, source, StoredTypes.NONE, label);
    for (Column column : duck.readParquetOutline(rows).columns()) {
      boolean isDate = column.type().equals("DATE") || column.type().startsWith("TIMESTAMP");
      if (isDate || time.filter(column.name()::equals).isPresent()) {
        reading.requireClear(copy, column.name());
      }
    }
  }

  private String series(
      Source source, Path copy, PondPath target, LedgerFile.Entry entry, Duplicates duplicates)
      throws IOException {
    SeriesTarget there = SeriesTarget.of(target, run.read());
    StoredTypes stored = StoredTypes.of(session, there);
    InboxFile file = converted(source, copy, stored, entry.file());
    Optional<ShapedRows> rows = shaped(source, file, stored, entry.file());
    rows.ifPresent(each ->
        QueryErrors.translating(
            "reading '" + entry.file() + "'",
            () -> {
              new WholeNumbers(session, there, stored)
                  .requireExact(each.all().file(), entry.file());
              return each;
            }));
    ColumnUnits units = rows.map(each -> units(each.all().file())).orElse(ColumnUnits.NONE);
    SeriesNotes notes = new SeriesNotes(entry.file(), units, file.properties());
    SeriesWriter writer = new SeriesWriter(run, duck);
    Written written =
        run.write(draft -> {
          Written done =
              rows.isEmpty()
                  ? Written.NOTHING
                  : write(writer, draft, target, rows.get(), duplicates, notes);
          ledger.write(draft, entry);
          return done;
        });
    return rows.isEmpty() && there.versions().isEmpty()
        ? target + ": not made, as there are no rows in " + entry.file()
        : written.sentence(target, entry.file());
  }

  /** Puts rows in; those whose instant is in doubt fill what is empty, and replace nothing. */
  private Written write(
      SeriesWriter writer,
      Draft draft,
      PondPath target,
      ShapedRows rows,
      Duplicates duplicates,
      SeriesNotes notes)
      throws IOException {
    SeriesTarget there = SeriesTarget.of(target, draft.edit().tree());
    if (rows.doubts().isEmpty() || there.versions().isEmpty()) {
      return writer.write(draft, target, rows.all(), duplicates, notes);
    }
    Optional<NewRows> settled;
    try (QuerySession session = run.query(draft.edit().tree())) {
      settled =
          QueryErrors.translating(
              "merging rows into '" + target + "'",
              () -> new DoubtfulRows(session, run.scratch()).settle(there, rows));
    }
    return settled.isEmpty()
        ? Written.NOTHING
        : writer.write(draft, target, settled.get(), duplicates, notes);
  }

  private Optional<ShapedRows> shaped(
      Source source, InboxFile file, StoredTypes stored, String label) {
    return QueryErrors.translating(
        "reading '" + label + "'",
        () -> {
          Optional<ShapedRows> rows =
              new InboxRows(duck, source, file, stored, label).shape(run.scratch());
          rows.map(ShapedRows::doubts).stream()
              .flatMap(List::stream)
              .forEach(doubt -> run.warn(doubt.sentence(label, source.ambiguous())));
          return rows;
        });
  }

  private InboxFile converted(Source source, Path copy, StoredTypes stored, String label) {
    return new InboxReading(run, duck, source, stored, label).read(copy);
  }

  private ColumnUnits units(Path parquet) {
    Map<String, String> units = new HashMap<>();
    duck.readParquetOutline(parquet)
        .columns()
        .forEach(column -> {
          Matcher matcher = UNIT.matcher(column.name());
          if (matcher.matches()) {
            units.put(column.name(), matcher.group(1));
          }
        });
    return ColumnUnits.of(units);
  }

  private static void stage(
      Draft draft, Path file, PondPath target, EntryType type, ContentFacts facts)
      throws IOException {
    draft.edit().makeDirectories(target.parent());
    try (InputStream in = Files.newInputStream(file)) {
      StagedContent staged = draft.stage(in, type);
      draft.edit().write(target, type, staged, facts);
    }
  }
}
