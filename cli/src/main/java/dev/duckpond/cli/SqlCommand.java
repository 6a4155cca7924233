package dev.duckpond.cli;

import dev.duckpond.query.PondUrl;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sql",
    aliases = "query",
    header = {
      "pond sql \"SELECT count(*) FROM pond('/sensors/**/*.series')\"",
      "pond sql 'SELECT * FROM \"/sensors/silver.series\" LIMIT 5'",
      "pond sql 'SELECT path, size_bytes FROM pond_nodes ORDER BY 2 DESC'"
    },
    description = {
      "Runs SQL over the whole pond; several sources may be in one query.",
      "A path in double quotes is that relation, pond('PATTERN') all that match, united by column"
          + " name. pond_nodes, pond_versions and pond_transactions show the pond itself."
    })
final class SqlCommand implements PondCommand {
  @Parameters(arity = "1", paramLabel = "QUERY", description = "one query")
  String query = "";

  @Option(
      names = "--table",
      paramLabel = "NAME=URL",
      description = "a further source, under a name of its own; may be repeated")
  List<String> tables = new ArrayList<>();

  @Option(
      names = "--as-of",
      paramLabel = "TXN|TIME",
      description = "the pond as it was after a transaction or at a time")
  @Nullable String asOf;

  @Option(names = "--explain", description = "print how the engine would do it, and do not")
  boolean explain;

  @Mixin FilesystemOptions filesystem = new FilesystemOptions();
  @Mixin FormatOptions format = new FormatOptions();
  @Mixin DataOptions data = new DataOptions();

  @Override
  public ExitCode run(CommandContext context) {
    Map<String, PondUrl> named = named();
    try (ReadSource source =
        ReadSource.open(context, List.copyOf(named.values()), filesystem, asOf)) {
      QuerySession session = source.session();
      named.forEach(
          (name, url) -> session.register(name, relation(context, session, url), TimeRange.ALL));
      ResultPrinter printer = new ResultPrinter(context);
      if (explain) {
        printer.explain(session, session.prepare(query));
      } else {
        printer.print(session, session.prepare(query), ResultFormat.CSV);
      }
    }
    return ExitCode.DONE;
  }

  private static Relation relation(CommandContext context, QuerySession session, PondUrl url) {
    try {
      return session.relation(url);
    } catch (PondException.NotFound e) {
      throw HostHint.of(e, context.environment().workingDirectory(), url.path());
    }
  }

  private Map<String, PondUrl> named() {
    Map<String, PondUrl> named = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (String table : tables) {
      int equals = table.indexOf('=');
      if (equals < 1 || equals == table.length() - 1) {
        String missing = equals == 0 ? "a name" : "a source";
        throw new PondException.Usage(
            "--table " + table + " lacks " + missing, "", "Write --table NAME=URL.");
      }
      String name = table.substring(0, equals);
      if (name.startsWith("/") || PondUrl.looksLikeUrl(name)) {
        throw new PondException.Usage(
            "a table cannot be named '" + name + "'",
            "in a query that means a path or a URL",
            "Write --table NAME=URL with a plain name.");
      }
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new PondException.Usage(
            "two tables are named '" + name + "'",
            "SQL does not tell letter case apart",
            "Give each a name of its own.");
      }
      named.put(name, PondUrl.parse(table.substring(equals + 1)));
    }
    return named;
  }
}
