package dev.duckpond.factories.pages;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.ExactPath;
import dev.duckpond.duckdb.ExplainPrefix;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.TableNames;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tera.CallException;
import dev.duckpond.tera.Value;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers queries of templates over some tables and exported targets, and nothing else. The same
 * question of several pages is asked once. One thread only.
 */
final class TableQuestions implements PageTemplates.Asking {
  /** Answers that are kept. */
  private static final int MAX_KEPT = 32;

  /** Longest answer that is kept, as text; what draws a chart is asked by one page only. */
  private static final int MAX_KEPT_BYTES = 1 << 16;

  /** Functions in FROM that read nothing. */
  private static final Set<String> HARMLESS = Set.of("range", "generate_series", "unnest");

  /** Functions that tell of the engine, the session or the machine, or hold it up. */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "current_connection_id",
          "current_database",
          "current_query",
          "current_query_id",
          "current_schema",
          "current_schemas",
          "current_setting",
          "current_transaction_id",
          "currval",
          "getenv",
          "getvariable",
          "in_search_path",
          "nextval",
          "setseed",
          "setval",
          "sleep_ms",
          "txid_current",
          "version",
          "write_log");

  /** Functions that PostgreSQL has, which look into the catalog. */
  private static final String CATALOG = "pg_";

  private final QuerySession session;
  private final List<String> tables;
  private final Map<String, Supplier<List<Path>>> targets;
  private final Consumer<String> suit;
  private final Supplier<PageAllowance> allowances;
  private final Map<String, Known> answers = new HashMap<>();
  private PageAllowance allowance;

  /** An answer that is kept. */
  private record Known(BoundedAnswer answer, Value rows) {}

  /**
   * Makes it.
   *
   * @param targets the Parquet files, sorted by time, of what was exported, by paths of the pond
   * @param suit lets the tables suit a query before it is asked
   */
  TableQuestions(
      QuerySession session,
      List<String> tables,
      Map<String, Supplier<List<Path>>> targets,
      Consumer<String> suit) {
    this(
        session,
        tables,
        targets,
        suit,
        () -> new PageAllowance(AnswerLimits.STANDARD, AnswerLimits.PAGE, System::nanoTime));
  }

  TableQuestions(
      QuerySession session,
      List<String> tables,
      Map<String, Supplier<List<Path>>> targets,
      Consumer<String> suit,
      Supplier<PageAllowance> allowances) {
    this.session = session;
    this.tables = List.copyOf(tables);
    this.targets = Map.copyOf(targets);
    this.suit = suit;
    this.allowances = allowances;
    this.allowance = allowances.get();
  }

  /** Begins a page, whose queries have taken nothing yet. */
  void beginPage() {
    allowance = allowances.get();
  }

  @Override
  public Value ask(String sql) {
    Known known = answers.get(sql);
    if (known != null) {
      allowance.take(_ -> known.answer());
      return known.rows();
    }
    BoundedAnswer answer = allowance.take(limits -> answer(sql, limits));
    Value rows = TableValues.parse(answer.lines());
    if (answers.size() < MAX_KEPT && answer.bytes() <= MAX_KEPT_BYTES) {
      answers.put(sql, new Known(answer, rows));
    }
    return rows;
  }

  private BoundedAnswer answer(String sql, AnswerLimits limits) {
    try {
      TableNames names = session.duck().tableNames(sql);
      for (String table : names.tables()) {
        if (!targets.containsKey(table)) {
          requireKnown(table);
        }
      }
      names.ponds().forEach(this::requireKnown);
      for (String other : names.others()) {
        if (other.equals(TableNames.SHOW)) {
          throw new CallException("a template cannot list tables", whatThereIs());
        }
        // A function or a qualified name, also when a table is called like it.
        if (!HARMLESS.contains(other.toLowerCase(Locale.ROOT))) {
          throw unknown(other);
        }
      }
      names.functions().forEach(TableQuestions::requireAllowed);
      if (ExplainPrefix.isAt(sql)) {
        throw new CallException(
            "a template cannot ask to EXPLAIN a query",
            "Ask the query itself; 'pond sql' explains one.");
      }
      Sql query = session.duck().requireSelect(sql);
      suit.accept(sql);
      return BoundedAnswer.of(session, withTargets(names, query), limits);
    } catch (PondException e) {
      throw e.getCause() instanceof DuckException engine ? failed(sql, engine) : failed(e);
    } catch (DuckException e) {
      throw failed(sql, e);
    }
  }

  /** Tells what the engine says of the lines that the template wrote. */
  private static CallException failed(String sql, DuckException e) {
    return failed(QueryErrors.of("the query", e.ofQuery(sql)));
  }

  private static CallException failed(PondException e) {
    // A template cannot ask all that is named there.
    String reason = e.reason().replace(" SHOW, EXPLAIN, PIVOT or ", " PIVOT or ");
    return new CallException(e.problem() + (reason.isEmpty() ? "" : ": " + reason), "");
  }

  private static void requireAllowed(String function) {
    if (FORBIDDEN.contains(function) || function.startsWith(CATALOG)) {
      throw new CallException(
          "a template cannot call '" + function + "' in a query",
          "Ask the tables of the export alone.");
    }
  }

  private void requireKnown(String table) {
    if (tables.stream().noneMatch(table::equalsIgnoreCase)) {
      throw unknown(table);
    }
  }

  private CallException unknown(String table) {
    return new CallException("a template cannot ask '" + table + "'", whatThereIs());
  }

  private String whatThereIs() {
    return tables.isEmpty()
        ? "Nothing is exported here: export the page after data."
        : "There are the tables "
            + String.join(", ", tables)
            + " and, by its path, what was exported before.";
  }

  /**
   * Lets the paths of targets that a query names stand for their files, and the query in lines of
   * its own.
   */
  private Sql withTargets(TableNames names, Sql query) {
    List<Sql> views = new ArrayList<>();
    for (String table : names.tables()) {
      Supplier<List<Path>> files = targets.get(table);
      if (files != null) {
        views.add(view(table, files.get()));
      }
    }
    return views.isEmpty()
        ? Sql.of("SELECT * FROM (\n").plus(query).plus("\n) AS asked")
        : Sql.of("WITH ")
            .plus(Sql.list(views, ", "))
            .plus(" SELECT * FROM (\n")
            .plus(query)
            .plus("\n) AS asked");
  }

  private static Sql view(String name, List<Path> files) {
    List<Sql> places = files.stream().map(ExactPath::literal).toList();
    return Sql.identifier(name)
        .plus(" AS (SELECT * FROM read_parquet([")
        .plus(Sql.list(places, ", "))
        .plus("], hive_partitioning = false, union_by_name = true))");
  }
}
