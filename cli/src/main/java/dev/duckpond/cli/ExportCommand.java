package dev.duckpond.cli;

import dev.duckpond.config.Variables;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.export.ExportReport;
import dev.duckpond.export.ExportRequest;
import dev.duckpond.export.ExportSummary;
import dev.duckpond.export.ExportTables;
import dev.duckpond.export.Exporter;
import dev.duckpond.export.NullTimePolicy;
import dev.duckpond.export.Pipeline;
import dev.duckpond.export.PipelineRun;
import dev.duckpond.export.TemporalLevel;
import dev.duckpond.factories.pages.PageContext;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    header = {
      "pond export -p '/sensors/*/*.series' -d /srv/www/data --temporal year,month",
      "pond export '/sensors/*' -d out --query-metadata 'FROM export_metadata'"
    },
    description = {
      "Writes relations as Parquet, sorted by time and partitioned as Hive does it; data is copied"
          + " byte for byte.",
      "Files go to DIR/CAPTURES/year=…/month=…/. Run again, it rewrites only partitions whose"
          + " source changed. Other people's files are left alone."
    })
final class ExportCommand implements PondCommand {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  @Option(
      names = {"-p", "--pattern"},
      paramLabel = "PATTERN",
      description = "what to export; may be repeated")
  List<String> patterns = new ArrayList<>();

  @Parameters(arity = "0..*", paramLabel = "PATTERN", description = "further patterns")
  List<String> furtherPatterns = List.of();

  @Option(
      names = {"-d", "--dir", "-o", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = "where to")
  String directory = "";

  @Option(
      names = "--temporal",
      paramLabel = "LEVELS",
      description =
          "year, month, day, hour, minute, second, each with those before it; by default none")
  String temporal = "";

  @Option(
      names = "--partition-by",
      paramLabel = "COLUMN,…",
      hideParamSyntax = true,
      split = ",",
      description = "columns besides time, before the temporal ones")
  List<String> partitionBy = new ArrayList<>();

  @Option(names = "--start-time", paramLabel = "TIME", description = "rows at this time or later")
  @Nullable String startTime;

  @Option(names = "--end-time", paramLabel = "TIME", description = "rows before this time")
  @Nullable String endTime;

  @Option(
      names = "--null-time",
      paramLabel = "WHAT",
      description =
          "rows without a time: fail (the default), skip, or partition, a place of their own")
  String nullTime = "fail";

  @Option(
      names = "--compression",
      paramLabel = "CODEC",
      description = "zstd (the default), snappy, gzip, lz4 or none")
  String compression = "zstd";

  @Option(names = "--row-group-rows", paramLabel = "N", description = "rows of a row group")
  @Nullable Long rowGroupRows;

  @Option(names = "--overwrite", description = "replace files in the way that no export wrote")
  boolean overwrite;

  @Option(
      names = "--yes",
      description = "for scripts that say so everywhere; --overwrite alone is consent")
  boolean yes;

  @Option(
      names = "--keep-partition-columns",
      description = "partition columns in the files too, not only in their paths")
  boolean keepPartitionColumns;

  @Option(names = "--fail-fast", description = "end with the first target that fails")
  boolean failFast;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "threads that read and write at a time, at most; never more than --threads")
  @Nullable Integer jobs;

  @Option(names = "--full", description = "make every file anew, changed or not")
  boolean full;

  @Option(names = "--dry-run", description = "print what would be written, and write nothing")
  boolean dryRun;

  @Option(
      names = "--pipeline",
      paramLabel = "FILE",
      description = "run the stages that a file describes, in YAML")
  @Nullable String pipelineFile;

  @Option(
      names = {"-t", "--template"},
      paramLabel = "FILE",
      description = "render the pages of a template specification, in YAML, after the data")
  @Nullable String templateFile;

  @Option(
      names = {"-v", "--var"},
      paramLabel = "NAME=VALUE",
      description =
          "a variable that templates see, and references in FILE; may be given several times")
  List<String> writtenVariables = new ArrayList<>();

  private Map<String, String> variables = Map.of();

  @Option(
      names = "--query-metadata",
      paramLabel = "QUERY",
      description = "print a query over export_metadata and export_schema, not the summary")
  @Nullable String metadataQuery;

  @Mixin FilesystemOptions filesystem = new FilesystemOptions();
  @Mixin FormatOptions format = new FormatOptions();
  @Mixin DataOptions data = new DataOptions();

  @Override
  public ExitCode run(CommandContext context) {
    ExportRequest request = request(context, destination(context));
    variables = VariableOptions.read(writtenVariables);
    variables.keySet().forEach(PageContext::requireFree);
    Pipeline pipeline = pipeline(context);
    int maxThreads = maxThreads();
    try (OpenPond pond = OpenPond.open(context)) {
      Exporter.requireOutside(request.directory(), pond.layout().root());
      PondTree tree = filesystem.tree(context, pond, null);
      Path written = Exporter.sessionDirectory(request.directory());
      try (QuerySession session = pond.export(tree, written, maxThreads);
          Interruption.Registration _ = context.interruption().register(session::cancel)) {
        ExportReport report = export(context, pipeline, request, tree, session);
        context.stats().addFiles(session.handedFiles());
        Optional<PondException> failure = report.findFailure();
        try {
          print(context, session, report);
        } catch (PondException | DuckException e) {
          // In a session that was stopped nothing runs, and why it was is what counts.
          throw report.stopped().isPresent() ? report.stopped().get() : e;
        }
        if (failure.isPresent()) {
          throw failure.get();
        }
      }
    }
    return ExitCode.DONE;
  }

  private ExportReport export(
      CommandContext context,
      Pipeline pipeline,
      ExportRequest request,
      PondTree tree,
      QuerySession session) {
    try (Stats.Phase _ = context.stats().phase("export");
        ExportProgress progress = new ExportProgress(context)) {
      PipelineRun run =
          new Exporter(context.clock())
              .prepare(pipeline, request, variables, tree, session, progress);
      requireMetadataQuery(session);
      return run.run();
    }
  }

  private Pipeline pipeline(CommandContext context) {
    if (pipelineFile != null && templateFile != null) {
      throw new PondException.Usage(
          "--pipeline and --template do not go together",
          "a pipeline has stages that render templates",
          "Add a stage of the type template_processing.");
    }
    String file = pipelineFile == null ? templateFile : pipelineFile;
    if (file == null) {
      return Pipeline.ofPatterns();
    }
    String label = ConfigFile.label(file);
    String yaml = ConfigFile.read(context, file);
    Variables values = Variables.forUse(context.environment()::findVariable).given(variables);
    HostTexts files = new HostTexts(context, file);
    Pipeline pipeline =
        pipelineFile == null
            ? Pipeline.parseTemplates(label, yaml, values, files)
            : Pipeline.parse(label, yaml, values, files);
    return ConfigFile.findPath(context, file)
        .map(this::identity)
        .map(pipeline::identified)
        .orElse(pipeline);
  }

  /** With other variables or patterns it is another pipeline, which names other things. */
  private List<String> identity(Path file) {
    List<String> identity = new ArrayList<>(List.of("file", file.toString()));
    identity.addAll(patterns);
    identity.addAll(furtherPatterns);
    new TreeMap<>(variables).forEach((name, value) -> identity.add(name + "=" + value));
    return identity;
  }

  /** Refuses a query over the metadata that cannot run, before anything is written. */
  private void requireMetadataQuery(QuerySession session) {
    if (metadataQuery != null) {
      Sql query = session.prepare(metadataQuery);
      QueryErrors.translating("the query over the metadata", () -> session.duck().columns(query));
    }
  }

  /** Tells what no summary tells; the first failure is what the command ends with. */
  private static void tellFailures(CommandContext context, ExportReport report) {
    report
        .targets()
        .flatMap(target -> target.failure().stream())
        .skip(1)
        .forEach(error ->
            context.warn(
                error.problem() + (error.reason().isEmpty() ? "" : ": " + error.reason())));
  }

  private void print(CommandContext context, QuerySession session, ExportReport report) {
    if (metadataQuery != null) {
      tellFailures(context, report);
      if (dryRun || report.stopped().isPresent()) {
        ExportTables.register(session.duck(), report);
      }
      new ResultPrinter(context).print(session, session.prepare(metadataQuery), ResultFormat.CSV);
      return;
    }
    Optional<ResultFormat> chosen = context.settings().findFormat();
    if (chosen.isEmpty()) {
      context
          .out()
          .print(context.isQuiet() ? ExportSummary.brief(report) : ExportSummary.text(report));
    } else if (chosen.get() == ResultFormat.JSON) {
      context.out().line(ExportSummary.json(report).toPrettyText());
    } else {
      tellFailures(context, report);
      if (dryRun || report.stopped().isPresent()) {
        ExportTables.register(session.duck(), report);
      }
      new ResultPrinter(context)
          .print(session, session.prepare("FROM export_metadata"), ResultFormat.CSV);
    }
  }

  /** Answers the directory of this machine that is meant. */
  private Path destination(CommandContext context) {
    if (directory.isBlank()) {
      throw new PondException.Usage(
          "no directory to export to", "-d is empty", "Give '.' for the working directory.");
    }
    if (!SCHEME.matcher(directory).lookingAt()) {
      return context.hostPath(directory);
    }
    if (directory.startsWith("host:///")) {
      return PondUrl.parse(directory).findHostFile().orElseThrow();
    }
    throw new PondException.Usage(
        "'" + directory + "' is no directory of this machine",
        "an export is written to a local directory",
        "Give a path, or host:///path, and copy the files from there.");
  }

  private int maxThreads() {
    if (jobs == null) {
      return Integer.MAX_VALUE;
    }
    if (jobs < 1) {
      throw new PondException.Usage(
          "--jobs " + jobs + " leaves nobody to work", "", "Give 1 or more.");
    }
    return jobs;
  }

  private ExportRequest request(CommandContext context, Path target) {
    List<PathPattern> all = new ArrayList<>();
    patterns.forEach(pattern -> all.add(WorkingDirectory.ROOT.pattern(pattern)));
    furtherPatterns.forEach(pattern -> all.add(WorkingDirectory.ROOT.pattern(pattern)));
    ExportRequest.Builder request =
        ExportRequest.builder(target, all)
            .temporal(TemporalLevel.parse(temporal))
            .partitionBy(partitionBy)
            .range(RangeOptions.read(context, "--start-time", startTime, "--end-time", endTime))
            .nullTime(NullTimePolicy.parse(nullTime))
            .compression(ExportRequest.parseCompression(compression));
    if (rowGroupRows != null) {
      request.rowGroupRows(rowGroupRows);
    }
    set(request, overwrite, ExportRequest.Option.OVERWRITE);
    set(request, keepPartitionColumns, ExportRequest.Option.KEEP_PARTITION_COLUMNS);
    set(request, failFast, ExportRequest.Option.FAIL_FAST);
    set(request, full, ExportRequest.Option.FULL);
    set(request, dryRun, ExportRequest.Option.DRY_RUN);
    return request.build();
  }

  private static void set(
      ExportRequest.Builder request, boolean given, ExportRequest.Option option) {
    if (given) {
      request.with(option);
    }
  }
}
