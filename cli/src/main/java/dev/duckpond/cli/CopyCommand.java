package dev.duckpond.cli;

import dev.duckpond.query.TimeHints;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "copy",
    header = {
      "pond copy exports/ /sensors",
      "pond copy host+series:///data/silver.parquet /sensors/silver.series",
      "pond copy 'host+csv+series:///data/mole.csv?delim=;' /sensors/mole.series",
      "pond copy '/sensors/**/*.series' host:///tmp/out --strip-prefix /sensors"
    },
    description = {
      "Copies files into the pond, all of them in one transaction, or out of it.",
      "In: of CSV the URL says how it is written: delim, quote, skip, comment, encoding, nullstr,"
          + " timestampformat, dateformat, decimal_separator, time_column, time_unit.",
      "Onto data or a table a new version replaces the content, onto a series it is appended;"
          + " the columns of a series may grow. An existing directory, or a path with a trailing"
          + " slash, keeps names.",
      "Out: relations leave as Parquet, data as the same bytes. On a terminal it asks before it"
          + " replaces files of this machine; a script is not asked."
    })
final class CopyCommand implements PondCommand {
  private static final String HOST = "host:";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "of local files: data, table, series, or auto, which decides by content")
  String type = "auto";

  @Option(names = "--as-series", description = "convert CSV to Parquet, as a series")
  boolean asSeries;

  @Option(names = "--as-table", description = "convert CSV to Parquet, as a table")
  boolean asTable;

  @Option(
      names = "--time-column",
      paramLabel = "NAME",
      description = "the column that holds the time, when its name does not say so")
  @Nullable String timeColumn;

  @Option(
      names = "--time-unit",
      paramLabel = "UNIT",
      description = "of a time in integers: s, ms, us or ns; by default decided by magnitude")
  @Nullable String timeUnit;

  @Option(
      names = "--strip-prefix",
      paramLabel = "PATH",
      description = "copying out: leave this beginning out of the paths")
  @Nullable String stripPrefix;

  @Option(
      names = {"-r", "-R", "--recursive"},
      description = "as for cp; directories are copied with all they hold anyway")
  boolean recursive;

  @Option(names = "--dry-run", description = "print what would be copied, and copy nothing")
  boolean dryRun;

  @Parameters(
      arity = "2..*",
      paramLabel = "SOURCE... DEST",
      hideParamSyntax = true,
      description = "what to copy, and where to; host:///DIR is a place of this machine")
  List<String> paths = List.of();

  @Mixin YesOption consent = new YesOption();
  @Mixin DataOptions data = new DataOptions();
  @Mixin LockOptions lock = new LockOptions();

  @Override
  public ExitCode run(CommandContext context) {
    List<String> sources = paths.subList(0, paths.size() - 1);
    String destination = paths.getLast();
    try (OpenPond pond = OpenPond.open(context)) {
      if (destination.startsWith(HOST)) {
        requireAbsent("copying out", "--as-series", asSeries);
        requireAbsent("copying out", "--as-table", asTable);
        try (CopyOut copy = new CopyOut(context, pond, Optional.ofNullable(stripPrefix), consent)) {
          return copy.run(sources, destination, doing());
        }
      }
      requireAbsent("copying in", "--strip-prefix", stripPrefix != null);
      CopyAs usual = usualIntake();
      List<HostSource> hosts =
          sources.stream().map(text -> HostSource.parse(context, text, usual)).toList();
      return new CopyIn(context, pond, hints()).run(hosts, destination, doing());
    }
  }

  private Doing doing() {
    return dryRun ? Doing.DRY_RUN : Doing.REALLY;
  }

  private TimeHints hints() {
    return new TimeHints(
        Optional.ofNullable(timeColumn), Optional.ofNullable(timeUnit).map(TimeHints::requireUnit));
  }

  private CopyAs usualIntake() {
    if (asSeries && asTable) {
      throw new PondException.Usage(
          "--as-series and --as-table exclude each other", "", "Give one of them.");
    }
    if (asSeries) {
      return CopyAs.TEXT_SERIES;
    }
    if (asTable) {
      return CopyAs.TEXT_TABLE;
    }
    return switch (type) {
      case "auto" -> CopyAs.AUTO;
      case "data" -> CopyAs.DATA;
      case "table" -> CopyAs.TABLE;
      case "series", "table:series" -> CopyAs.SERIES;
      default ->
          throw new PondException.Usage(
              "there is no type '" + type + "' to copy as",
              DidYouMean.question(type, List.of("auto", "data", "table", "series")),
              "Use auto, data, table or series.");
    };
  }

  private static void requireAbsent(String direction, String option, boolean given) {
    if (given) {
      throw new PondException.Usage(
          option + " does not go with " + direction, "", "Leave it out; see 'pond help copy'.");
    }
  }
}
