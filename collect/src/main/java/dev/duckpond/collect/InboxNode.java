package dev.duckpond.collect;

import dev.duckpond.collect.InboxConfig.Source;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.factories.NodeSite;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Execution;
import dev.duckpond.query.Freshness;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.RelationInspector;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TimeHints;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.Draft;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.StagedContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node that takes files in. */
record InboxNode(NodeSite site, InboxConfig config) implements ExecutableNode {
  /** A header such as {@code DO (mg/L)}. */
  private static final Pattern UNIT = Pattern.compile(".+ \\(([^()]+)\\)");

  @Override
  public InputStream open() {
    return site.openConfig();
  }

  @Override
  public Optional<Freshness> freshness(PondTree tree) {
    List<Freshness.Source> sources = new ArrayList<>();
    for (String to : InboxLedger.read(site.path(), tree).targets()) {
      PondPath path = PondPath.of(to);
      sources.add(
          new Freshness.Source(
              to, NewestData.ofRows(tree, List.of(path)).or(() -> NewestData.written(tree, path))));
    }
    return Optional.of(new Freshness(sources, config.staleAfter()));
  }

  @Override
  public void run(Execution execution) {
    if (!execution.arguments().isEmpty()) {
      throw new PondException.Usage(
          "an inbox takes no words", "'" + String.join(" ", execution.arguments()) + "'", "");
    }
    CollectSite run = new CollectSite(execution);
    Failures failures = new Failures(run, "files");
    InboxLedger ledger = InboxLedger.read(site.path(), run.read());
    try (QuerySession session = run.query(run.read())) {
      Taking taking = new Taking(run, session, ledger);
      for (Source source : config.sources()) {
        for (HostGlob.Match match : failures.list(source.glob())) {
          failures.attempt(match.file().toString(), () -> taking.take(source, match));
        }
      }
      run.tell(taking.summary());
    }
    failures.requireNone();
  }

  /** One run over all files. */
  private final class Taking {
    private final CollectSite run;
    private final QuerySession session;
    private final DuckSession duck;
    private final InboxLedger ledger;
    private int taken;
    private int unchanged;

    Taking(CollectSite run, QuerySession session, InboxLedger ledger) {
      this.run = run;
      this.session = session;
      this.duck = session.duck();
      this.ledger = ledger;
    }

    String summary() {
      return taken + (taken == 1 ? " file" : " files") + " taken in, " + unchanged + " in already";
    }

    void take(Source source, HostGlob.Match match) {
      String label = match.file().toString();
      try {
        takeFile(source, match.file(), label, source.to().expand(match.captures()));
      } catch (IOException e) {
        throw HostFailure.of("'" + label + "' cannot be taken in", e);
      }
    }

    private void takeFile(Source source, Path file, String label, String to) throws IOException {
      PondPath target = PondPath.of(to);
      long size = Files.size(file);
      long mtime = Files.getLastModifiedTime(file).toMillis();
      Optional<LedgerFile.Entry> last = ledger.findNewest(label, target.toString());
      boolean looksTheSame =
          last.isPresent()
              && last.get().sizeBytes() == size
              && last.get().mtimeMillis() == mtime
              && last.get().isSettled();
      if (looksTheSame) {
        unchanged++;
        archive(file, last.get().hash(), size, mtime);
        return;
      }
      Path copy = run.scratch().resolve("inbox-file");
      ContentHash hash = copy(file, copy);
      if (ledger.has(hash, target.toString())) {
        unchanged++;
        archive(file, hash, size, mtime);
        return;
      }
      LedgerFile.Entry entry =
          new LedgerFile.Entry(
              label,
              Files.size(copy),
              mtime,
              hash,
              target.toString(),
              run.clock().instant().toEpochMilli());
      String told =
          switch (source.becomes()) {
            case DATA -> bytes(copy, target, entry);
            case TABLE -> table(source, copy, target, entry);
            case SERIES -> series(source, copy, target, entry);
          };
      ledger.remember(entry);
      taken++;
      run.tell(told);
      archive(file, hash, size, mtime);
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
                  .map(NewRows::file)
                  .orElse(file.parquet())
              : file.parquet();
      ContentFacts facts = new RelationInspector(duck).inspect(rows, entry.file(), TimeHints.NONE);
      run.write(draft -> {
        stage(draft, rows, target, EntryType.TABLE, facts);
        ledger.write(draft, entry);
        return true;
      });
      return target + ": " + facts.rowCount().orElse(0) + " rows, from " + entry.file();
    }

    private String series(Source source, Path copy, PondPath target, LedgerFile.Entry entry)
        throws IOException {
      StoredTypes stored = StoredTypes.of(session, SeriesTarget.of(target, run.read()));
      InboxFile file = converted(source, copy, stored, entry.file());
      Optional<NewRows> rows = shaped(source, file, stored, entry.file());
      ColumnUnits units = rows.map(each -> units(each.file())).orElse(ColumnUnits.NONE);
      SeriesNotes notes = new SeriesNotes(units, file.properties());
      SeriesWriter writer = new SeriesWriter(run, duck);
      Written written =
          run.write(draft -> {
            Written done =
                rows.isEmpty()
                    ? Written.NOTHING
                    : writer.write(draft, target, rows.get(), source.duplicates(), notes);
            ledger.write(draft, entry);
            return done;
          });
      return written.sentence(target, entry.file());
    }

    private Optional<NewRows> shaped(
        Source source, InboxFile file, StoredTypes stored, String label) {
      return QueryErrors.translating(
          "reading '" + label + "'",
          () ->
              new InboxRows(duck, source, file, stored, label)
                  .shape(run.scratch().resolve("inbox-rows.parquet")));
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

    /** Copies a file, which may be changed meanwhile, and answers the hash of the copy. */
    private static ContentHash copy(Path file, Path copy) throws IOException {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      var digest = ContentHash.newDigest();
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = Files.newInputStream(copy)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      return ContentHash.finish(digest);
    }

    /** Moves a file that is in out of the inbox, when that is wanted. */
    private void archive(Path file, ContentHash hash, long size, long mtime) throws IOException {
      boolean isAsTaken =
          Files.exists(file)
              && Files.size(file) == size
              && Files.getLastModifiedTime(file).toMillis() == mtime;
      if (config.archiveTo().isEmpty() || !isAsTaken) {
        return;
      }
      Path directory = Files.createDirectories(config.archiveTo().get());
      Path target = directory.resolve(String.valueOf(file.getFileName()));
      if (Files.exists(target)) {
        target = directory.resolve(hash.hex().substring(0, 8) + "-" + file.getFileName());
      }
      Files.move(file, target);
    }
  }
}
