package dev.duckpond.cli;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.formats.ConversionOptions;
import dev.duckpond.formats.Rejected;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.RelationInspector;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.query.TextConversion;
import dev.duckpond.query.TimeHints;
import dev.duckpond.query.UnclearTimes;
import dev.duckpond.query.UnreadTimes;
import dev.duckpond.tinyfs.ContentFacts;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a file becomes, checks it, and converts it where that is asked for. The SQL engine
 * starts with the first file that needs it, so that copying bytes does not wait for it.
 */
final class Intake implements AutoCloseable {
  private static final String HOW_WRITTEN =
      "Say how times are written, as in 'host+csv:///PATH?timestampformat=%25m/%25d/%25Y"
          + " %25H:%25M', or %25d before %25m, or with %25I:%25M %25p; %25 stands for % in a URL.";
  private static final byte[] PARQUET_MAGIC = {'P', 'A', 'R', '1'};

  private final CommandContext context;
  private final Path scratch;
  private final TimeHints hints;
  private Set<Path> places = Set.of();
  private @Nullable DuckSession session;
  private Interruption.@Nullable Registration registration;

  Intake(CommandContext context, Path scratch, TimeHints hints) {
    this.context = context;
    this.scratch = scratch;
    this.hints = hints;
  }

  /** Says where the files of a plan lie; the engine may read there. To be said before the first. */
  void begin(IntakePlan plan) {
    places = Set.copyOf(plan.places());
  }

  /** A file to stage as it is: the source itself or what it was converted to. */
  record Accepted(Path file, EntryType type, ContentFacts facts) {}

  /**
   * Checks a file for its place.
   *
   * @param there the type of the file that is there already
   * @throws PondException.Invalid when the content is not what it is to become
   */
  Accepted accept(IntakePlan.Item item, Optional<EntryType> there, PondTree tree)
      throws IOException {
    HostSource source = item.source();
    if (!Files.isReadable(source.path())) {
      throw new PondException.Failed(
          "'" + source.label() + "' cannot be read",
          "permission denied",
          "Give this user the permission, or leave the file out.",
          new AccessDeniedException(source.path().toString()));
    }
    return switch (source.as()) {
      case DATA -> new Accepted(source.path(), EntryType.DATA, ContentFacts.NONE);
      case TABLE -> table(source);
      case SERIES -> series(item, source.path(), tree, hints);
      case TEXT_TABLE -> converted(item, EntryType.TABLE, tree);
      case TEXT_SERIES -> converted(item, EntryType.TABLE_SERIES, tree);
      case AUTO -> decided(item, there, tree);
    };
  }

  private Accepted decided(IntakePlan.Item item, Optional<EntryType> there, PondTree tree)
      throws IOException {
    HostSource source = item.source();
    boolean parquet = beginsAsParquet(source.path());
    if (there.isPresent()) {
      // What is there already says what it is; new content has to fit.
      return switch (there.get()) {
        case TABLE -> table(source);
        case TABLE_SERIES -> series(item, source.path(), tree, hints);
        case DATA,
            DATA_SERIES,
            DIRECTORY,
            DYNAMIC_DIRECTORY,
            SYMLINK,
            DATA_DYNAMIC,
            TABLE_DYNAMIC ->
            new Accepted(source.path(), EntryType.DATA, ContentFacts.NONE);
      };
    }
    if (!parquet) {
      return new Accepted(source.path(), EntryType.DATA, ContentFacts.NONE);
    }
    // Of a new file the facts of a table with a time column are those of a series.
    ContentFacts facts =
        new RelationInspector(duck(), this::warnOfTimeless)
            .inspect(source.path(), source.label(), hints);
    return new Accepted(
        source.path(),
        facts.timeColumn().isPresent() ? EntryType.TABLE_SERIES : EntryType.TABLE,
        facts);
  }

  private Accepted table(HostSource source) {
    ContentFacts facts = inspector().inspect(source.path(), source.label(), hints);
    return new Accepted(source.path(), EntryType.TABLE, facts);
  }

  private Accepted series(IntakePlan.Item item, Path file, PondTree tree, TimeHints told) {
    ContentFacts facts =
        new RelationInspector(duck(), this::warnOfTimeless)
            .inspectSeries(file, item.source().label(), SeriesTarget.of(item.target(), tree), told);
    return new Accepted(file, EntryType.TABLE_SERIES, facts);
  }

  private Accepted converted(IntakePlan.Item item, EntryType type, PondTree tree)
      throws IOException {
    HostSource source = item.source();
    Path parquet = Files.createTempFile(scratch, "text-", ".parquet");
    PondUrl text = url(source);
    TextConversion conversion = new TextConversion(duck());
    TimeHints told = hintsFor(source);
    if (type == EntryType.TABLE_SERIES) {
      SeriesTarget series = SeriesTarget.of(item.target(), tree);
      warnOfRejected(source, conversion.convert(text, parquet, series, source.label()).rejected());
      readTimes(text, source, parquet, told.column().or(series::findTimeColumn));
      Accepted accepted = series(item, parquet, tree, told);
      requireClearTimes(text, source, accepted.facts());
      return accepted;
    }
    warnOfRejected(source, conversion.convert(text, parquet).rejected());
    if (told.column().isPresent()) {
      readTimes(text, source, parquet, told.column());
    }
    ContentFacts facts = inspector().inspect(parquet, source.label(), told);
    requireClearTimes(text, source, facts);
    return new Accepted(parquet, EntryType.TABLE, facts);
  }

  private PondUrl url(HostSource source) {
    PondUrl url =
        new PondUrl(
            PondUrl.Place.HOST,
            source.format(),
            source.compression(),
            PondUrl.Treatment.ANY,
            source.path().toString(),
            source.options());
    boolean isCsv = source.format() == PondUrl.Format.CSV;
    return hints
        .column()
        .filter(name -> isCsv)
        .map(name -> url.with(ConversionOptions.TIME_COLUMN, name))
        .orElse(url);
  }

  private void readTimes(PondUrl text, HostSource source, Path parquet, Optional<String> column)
      throws IOException {
    Path file = Files.createTempFile(scratch, "times-", ".parquet");
    new UnreadTimes(duck()).read(text, parquet, column, source.label(), file, HOW_WRITTEN);
    Files.delete(file);
  }

  private void requireClearTimes(PondUrl text, HostSource source, ContentFacts facts)
      throws IOException {
    if (facts.timeColumn().isEmpty() || facts.rowCount().orElse(1) == 0) {
      return;
    }
    Path file = Files.createTempFile(scratch, "times-", ".parquet");
    new UnclearTimes(duck())
        .requireNone(text, facts.timeColumn().get(), source.label(), file, HOW_WRITTEN);
    Files.delete(file);
  }

  private void warnOfRejected(HostSource source, Rejected rejected) {
    if (!rejected.isEmpty()) {
      context.warn(rejected.sentence(source.label()));
    }
  }

  private void warnOfTimeless(String label, long rows) {
    context.warn(
        "'"
            + label
            + "': "
            + Counted.of(rows, "row")
            + (rows == 1 ? " has" : " have")
            + " no time; an export of the series fails then, unless it has --null-time");
  }

  /** Answers the options of the command, and where they say nothing, those of the URL. */
  private TimeHints hintsFor(HostSource source) {
    return hints.or(TimeHints.ofResult(source.format(), source.options()));
  }

  private static boolean beginsAsParquet(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(PARQUET_MAGIC.length), PARQUET_MAGIC);
    }
  }

  private RelationInspector inspector() {
    return new RelationInspector(duck());
  }

  private DuckSession duck() {
    if (session == null) {
      DuckOptions.Builder options =
          DuckOptions.builder(scratch.resolve("spill"))
              .threads(context.settings().threads())
              .memoryLimitBytes(context.settings().memoryLimitBytes())
              .allowDirectory(scratch);
      for (Path place : places) {
        if (Files.isDirectory(place)) {
          options.allowDirectory(place);
        } else {
          options.allowPath(place);
        }
      }
      DuckSession opened = DuckSession.open(options.build());
      session = opened;
      registration = context.interruption().register(opened::stop);
    }
    return session;
  }

  @Override
  public void close() {
    if (registration != null) {
      registration.close();
      registration = null;
    }
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
