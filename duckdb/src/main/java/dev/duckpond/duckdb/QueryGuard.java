package dev.duckpond.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a user's query from everything else by the engine's own parser.
 *
 * <p>The engine turns a statement of the SELECT family into a JSON tree and refuses all others.
 * That alone is not enough: WITH may hold statements that write (COPY among them), so every node of
 * the tree must be of a kind known to only read. EXPLAIN and a PIVOT without listed values have no
 * tree; they are recognised by their first word and checked by what follows it.
 */
final class QueryGuard {
  private static final Set<String> READING_NODES =
      Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

  /** Run text as SQL, which cannot be looked into. */
  private static final Set<String> TEXT_RUNNERS = Set.of("query", "json_execute_serialized_sql");

  private static final Pattern PIVOT = Pattern.compile("PIVOT\\s", Pattern.CASE_INSENSITIVE);
  private static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\(");
  private static final Pattern ON = Pattern.compile("\\bON\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern WHITE_SPACE_AND_SEMICOLONS_AT_END = Pattern.compile("[\\s;]+\\z");

  private static final String ONE_QUERY =
      "only a single query is accepted here: SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW,"
          + " EXPLAIN, PIVOT or UNPIVOT";

  private static final String PIVOT_INSIDE =
      "a PIVOT inside another query must list its values, as in PIVOT t ON k IN ('a', 'b')";

  private static final Set<String> QUERY_BEGINS = Set.of("SELECT", "WITH", "FROM");

  /** After WITH, one of these may come in place of a query. */
  private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY");

  private final DuckSession session;
  private final DialectMacros macros;

  QueryGuard(DuckSession session, DialectMacros macros) {
    this.session = session;
    this.macros = macros;
  }

  Sql requireSelect(String userSql) {
    String text = userSql.strip();
    String explain = ExplainPrefix.of(text);
    if (!explain.isEmpty()) {
      Sql explained = requireSelect(text.substring(explain.length()));
      return Sql.checked(explain + explained);
    }
    SyntaxTree tree = SyntaxTree.parse(session, text);
    if (tree.isNoSelect() && findPivotSource(text).isPresent()) {
      macros.require(session, CALL.matcher(text).results().map(call -> call.group(1)).toList());
      return Sql.checked(withoutEnd(text));
    }
    requireReading(text, tree);
    macros.require(session, tree.functions());
    return embeddable(text);
  }

  TableNames tableNames(String userSql) {
    String text = ExplainPrefix.remove(userSql);
    SyntaxTree tree = SyntaxTree.parse(session, text);
    if (tree.isNoSelect()) {
      Optional<SyntaxTree> source = findPivotSource(text);
      if (source.isPresent()) {
        return source.get().tableNames();
      }
    }
    requireReading(text, tree);
    return tree.tableNames();
  }

  private static void requireReading(String text, SyntaxTree tree) {
    tree.findError()
        .ifPresent(message -> {
          throw new DuckException(
              DuckException.Kind.SYNTAX,
              !tree.isNoSelect() ? message : isQueryOfPivot(text) ? PIVOT_INSIDE : ONE_QUERY);
        });
    if (tree.statements() == 0) {
      throw new DuckException(DuckException.Kind.SYNTAX, "the query is empty");
    }
    if (tree.statements() != 1) {
      throw new DuckException(
          DuckException.Kind.SYNTAX,
          ONE_QUERY + "; there are " + tree.statements() + " statements");
    }
    for (String kind : tree.nodeKinds()) {
      if (!READING_NODES.contains(kind)) {
        throw new DuckException(
            DuckException.Kind.SYNTAX,
            ONE_QUERY + "; WITH holds a statement that is not a query (" + kind + ")");
      }
    }
    for (String function : tree.functions()) {
      if (TEXT_RUNNERS.contains(function.toLowerCase(Locale.ROOT))) {
        throw new DuckException(
            DuckException.Kind.SYNTAX,
            "the function " + function + " is not available: it runs text that cannot be checked");
      }
    }
  }

  /**
   * Tells whether what has no tree is a query over a PIVOT that does not list its values: the
   * engine makes two statements of it.
   */
  private static boolean isQueryOfPivot(String text) {
    List<String> words =
        SqlWords.of(text).stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
    return !words.isEmpty()
        && QUERY_BEGINS.contains(words.getFirst())
        && words.contains("PIVOT")
        && withoutEnd(text).indexOf(';') < 0
        && words.stream().noneMatch(WRITING::contains);
  }

  /**
   * Finds the source of a PIVOT that does not list its values.
   *
   * <p>With the first word PIVOT and no semicolon, the text can only be one PIVOT statement. Its
   * source ends at the first ON up to which it is a query by itself.
   */
  private Optional<SyntaxTree> findPivotSource(String text) {
    String body = withoutEnd(text);
    Matcher pivot = PIVOT.matcher(body);
    if (!pivot.lookingAt() || body.indexOf(';') >= 0) {
      return Optional.empty();
    }
    Matcher on = ON.matcher(body);
    while (on.find()) {
      SyntaxTree source =
          SyntaxTree.parse(session, "FROM " + body.substring(pivot.end(), on.start()));
      if (source.findError().isEmpty()) {
        requireReading(body, source);
        return Optional.of(source);
      }
    }
    return Optional.empty();
  }

  /** Removes the semicolon at the end, also when a comment comes after it. */
  private Sql embeddable(String text) {
    if (!text.contains("--") && !text.contains("/*")) {
      return Sql.checked(withoutEnd(text));
    }
    List<String> candidates = new ArrayList<>();
    candidates.add(withoutEnd(text));
    // A comment at the end would swallow a parenthesis after it.
    candidates.add(withoutEnd(text) + "\n");
    for (String candidate : candidates) {
      SyntaxTree embedded = SyntaxTree.parse(session, "FROM (" + candidate + ")");
      if (embedded.findError().isEmpty() && embedded.statements() == 1) {
        return Sql.checked(candidate);
      }
    }
    return Sql.checked(SyntaxTree.canonicalText(session, text));
  }

  private static String withoutEnd(String text) {
    return WHITE_SPACE_AND_SEMICOLONS_AT_END.matcher(text).replaceFirst("");
  }
}
