package dev.duckpond.cli;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.tinyfs.NodeVersion;
import dev.duckpond.tinyfs.PathMatch;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import dev.duckpond.tinyfs.TimeRange;
import dev.duckpond.tinyfs.Version;
import dev.duckpond.tinyfs.Visibility;
import dev.duckpond.tinyfs.WorkingDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cat",
    header = {
      "pond cat /sensors/silver.series --limit 5 --format table",
      "pond cat /sensors/silver.series --sql 'SELECT count(*) FROM source'",
      "pond cat host+csv:///tmp/readings.csv --format json"
    },
    description = {
      "Prints the rows of a relation or the bytes of a file.",
      "Without --format: a table on a terminal, elsewhere the Parquet bytes of a relation or the"
          + " raw bytes of data. In --sql the relation is called source."
    })
final class CatCommand implements PondCommand {
  private static final String SOURCE = "source";

  @Parameters(arity = "0..1", paramLabel = "PATH|URL", description = "what to print")
  @Nullable String path;

  @Option(
      names = {"--sql", "--query"},
      paramLabel = "QUERY",
      description = "a query over the relation, which is called source")
  @Nullable String sql;

  @Option(names = "--time-start", paramLabel = "TIME", description = "rows at this time or later")
  @Nullable String timeStart;

  @Option(names = "--time-end", paramLabel = "TIME", description = "rows before this time")
  @Nullable String timeEnd;

  @Option(
      names = "--as-of",
      paramLabel = "TXN|TIME",
      description = "the pond as it was after a transaction or at a time")
  @Nullable String asOf;

  @Option(names = "--version", paramLabel = "N", description = "this version of the file alone")
  @Nullable Long version;

  @Option(names = "--limit", paramLabel = "N", description = "at most so many rows")
  @Nullable Long limit;

  @Option(
      names = "--explain",
      description =
          "print how the engine would do it, and do not; of what computes itself, what it is made"
              + " of and the SQL that it comes to, too")
  boolean explain;

  @Mixin FilesystemOptions filesystem = new FilesystemOptions();
  @Mixin FormatOptions format = new FormatOptions();
  @Mixin DataOptions data = new DataOptions();

  @Override
  public ExitCode run(CommandContext context) {
    if (path == null && sql == null) {
      throw new PondException.Usage(
          "cat needs to know what to print", "neither a path nor --sql is given", "pond help cat");
    }
    if (limit != null && limit < 0) {
      throw new PondException.Usage("--limit " + limit + " is below 0", "", "Give 0 or more.");
    }
    Optional<PondUrl> url = Optional.ofNullable(path).map(CatCommand::url);
    List<PondUrl> urls = url.map(List::of).orElse(List.of());
    try (ReadSource source = ReadSource.open(context, urls, filesystem, asOf)) {
      if (url.isPresent() && isBytes(source, url.get())) {
        printBytes(context, source, url.get());
      } else {
        printRows(context, source, url);
      }
    } catch (PondException.NotFound e) {
      if (path != null && e.problem().startsWith("'" + path + "'")) {
        throw HostHint.of(e, context.environment().workingDirectory(), path);
      }
      throw e;
    }
    return ExitCode.DONE;
  }

  private static PondUrl url(String text) {
    if (!PondUrl.looksLikeUrl(text)) {
      return PondUrl.ofPath(WorkingDirectory.ROOT.resolve(text).toString());
    }
    return PondUrl.parse(text);
  }

  /** Tells whether the content is bytes, and nothing asks to see rows in it. */
  private boolean isBytes(ReadSource source, PondUrl url) {
    boolean asItIs = url.format() == PondUrl.Format.FILE || url.format() == PondUrl.Format.DATA;
    if (!asItIs) {
      return false;
    }
    return url.place() == PondUrl.Place.HOST
        || url.format() == PondUrl.Format.DATA
        || matches(source.requireTree(), url).stream()
            .noneMatch(match -> match.node().type().isRelation());
  }

  private void printBytes(CommandContext context, ReadSource source, PondUrl url) {
    requireNoRowOptions(context, url);
    try (InputStream in = openBytes(source, url)) {
      long bytes = in.transferTo(context.out().stream());
      context.stats().add(Stats.Counter.FILES_OPENED, 1);
      context.stats().add(Stats.Counter.BYTES_READ, bytes);
      context.stats().add(Stats.Counter.BYTES_WRITTEN, bytes);
    } catch (IOException e) {
      throw HostTrouble.of("'" + url + "' cannot be read", "Check the path and the disk.", e);
    } catch (PondException.Corrupt e) {
      throw e.seenAt(matches(source.requireTree(), url).getFirst().path());
    }
  }

  private InputStream openBytes(ReadSource source, PondUrl url) throws IOException {
    if (url.findHostFile().isPresent()) {
      return Files.newInputStream(url.findHostFile().get());
    }
    PondTree tree = source.requireTree();
    List<PathMatch> matches = matches(tree, url);
    if (matches.size() > 1) {
      throw new PondException.Usage(
          "'" + url + "' matches " + matches.size() + " files",
          "the bytes of several files make no sense together",
          "Name one of them.");
    }
    PathMatch match = matches.getFirst();
    if (version != null) {
      return tree.snapshot().contents().open(requireVersion(tree, match));
    }
    return NodeBytes.open(tree, match.path(), match.node(), source::session);
  }

  private void requireNoRowOptions(CommandContext context, PondUrl url) {
    boolean rowsWanted =
        sql != null
            || limit != null
            || explain
            || timeStart != null
            || timeEnd != null
            || context.settings().findFormat().isPresent();
    if (rowsWanted) {
      String host = url.place() == PondUrl.Place.HOST ? "host+" : "";
      String csv = host + "csv://" + url.path();
      String ndjson = host + "ndjson://" + url.path();
      throw new PondException.Invalid(
          "'" + url + "' has no rows",
          "it is data",
          "Say how to read it: '" + csv + "' or '" + ndjson + "'.");
    }
  }

  private void printRows(CommandContext context, ReadSource source, Optional<PondUrl> url) {
    TimeRange range = RangeOptions.read(context, "--time-start", timeStart, "--time-end", timeEnd);
    Sql select = select(source, url, range);
    if (limit != null) {
      select =
          new SqlBuilder()
              .text("SELECT * FROM (")
              .append(select)
              .text(") LIMIT ")
              .literal(limit)
              .build();
    }
    ResultPrinter printer = new ResultPrinter(context);
    if (explain) {
      explainComputed(printer, source, url, range);
      printer.explain(source.session(), select);
    } else {
      printer.print(source.session(), select, ResultFormat.PARQUET);
    }
  }

  /** Says of computed files what they are made of, and which SQL the chain comes to. */
  private void explainComputed(
      ResultPrinter printer, ReadSource source, Optional<PondUrl> url, TimeRange range) {
    if (url.isEmpty() || url.get().place() == PondUrl.Place.HOST || version != null) {
      return;
    }
    List<ComputedNode> computed =
        matches(source.requireTree(), url.get()).stream()
            .flatMap(match -> source.computed(match.path()).stream())
            .distinct()
            .toList();
    if (!computed.isEmpty()) {
      printer.explain(computed, relation(source, url.get()).select(range));
    }
  }

  private Sql select(ReadSource source, Optional<PondUrl> url, TimeRange range) {
    QuerySession session = source.session();
    Optional<Relation> relation = url.map(named -> relation(source, named));
    if (sql == null) {
      return inOrder(source, url.orElseThrow(), relation.orElseThrow(), range);
    }
    relation.ifPresent(rows -> session.register(SOURCE, rows, range));
    return session.prepare(sql);
  }

  /** What is stored comes as it is stored; what is computed has no order but that of its time. */
  private static Sql inOrder(ReadSource source, PondUrl url, Relation relation, TimeRange range) {
    Sql select = relation.select(range);
    boolean isComputed =
        url.place() == PondUrl.Place.POND
            && matches(source.requireTree(), url).stream()
                .anyMatch(match -> match.node().type().isDynamic());
    if (!isComputed || relation.time().isEmpty()) {
      return select;
    }
    return new SqlBuilder()
        .text("SELECT * FROM (")
        .append(select)
        .text(") ORDER BY ")
        .identifier(relation.time().get().name())
        .build();
  }

  private Relation relation(ReadSource source, PondUrl url) {
    if (version == null) {
      return source.session().relation(url);
    }
    PondTree tree = source.requireTree();
    PathMatch match = matches(tree, url).getFirst();
    return source.session().relation(match.path(), requireVersion(tree, match));
  }

  private NodeVersion requireVersion(PondTree tree, PathMatch match) {
    long number = version == null ? 0 : version;
    List<NodeVersion> versions = new ArrayList<>();
    match
        .node()
        .findVersion()
        .ifPresent(newest -> versions.addAll(tree.snapshot().listVersions(newest.node())));
    return versions.stream()
        .filter(there -> number > 0 && there.version().equals(new Version(number)))
        .findFirst()
        .orElseThrow(() ->
            new PondException.NotFound(
                "'" + match.path() + "' has no version " + number,
                versions.isEmpty()
                    ? ""
                    : "it has versions "
                        + versions.getFirst().version()
                        + " to "
                        + versions.getLast().version(),
                "Run 'pond show --path " + match.path().shellText() + "' to see them."));
  }

  /** Answers what a URL of the pond leads to, links followed; never empty. */
  private static List<PathMatch> matches(PondTree tree, PondUrl url) {
    return PathChoice.require(tree, url.path(), Visibility.VISIBLE_ONLY).stream()
        .map(match -> new PathMatch(match.path(), tree.require(match.path()), match.captures()))
        .toList();
  }
}
