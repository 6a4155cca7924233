package dev.duckpond.duckdb;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is needed of the engine's syntax tree of a text, flattened to its leaves.
 *
 * <p>The tree is the JSON of {@code json_serialize_sql}; a leaf is known by its path, such as
 * {@code $.statements[0].node.from_table.table_name}.
 */
final class SyntaxTree {

  /** A text leaf: the path of the object it is in, its name there, and its value. */
  private record Leaf(String path, String key, String value) {}

  /** A name that WITH defines: the place of WITH, the number within it, and the name. */
  private record Definition(String with, int number, String name, String path) {}

  private static final String CTE = ".cte_map.map[";
  private static final String NO_SELECT = "not implemented";

  private final @Nullable String errorType;
  private final @Nullable String error;
  private final int statements;
  private final List<Leaf> leaves;

  private SyntaxTree(
      @Nullable String errorType, @Nullable String error, int statements, List<Leaf> leaves) {
    this.errorType = errorType;
    this.error = error;
    this.statements = statements;
    this.leaves = leaves;
  }

  static SyntaxTree parse(DuckSession session, String text) {
    Sql query =
        new SqlBuilder()
            .text("SELECT path, key, atom->>'$' FROM json_tree(json_serialize_sql(")
            .literal(text)
            .text(
                ")) WHERE key IN ('error', 'error_type', 'error_message', 'type', 'table_name',"
                    + " 'schema_name', 'function_name', 'text', 'key')"
                    + " AND type IN ('VARCHAR', 'BOOLEAN')")
            .text(" OR path = '$.statements'")
            .build();
    String errorType = null;
    String error = null;
    int statements = 0;
    List<Leaf> leaves = new ArrayList<>();
    List<Leaf> all =
        session.list(
            query,
            row ->
                new Leaf(
                    row.text(0),
                    row.isNull(1) ? "" : row.text(1),
                    row.isNull(2) ? "" : row.text(2)));
    for (Leaf leaf : all) {
      if (leaf.path().equals("$.statements")) {
        statements++;
      } else if (leaf.path().equals("$") && leaf.key().equals("error_type")) {
        errorType = leaf.value();
      } else if (leaf.path().equals("$") && leaf.key().equals("error_message")) {
        error = leaf.value();
      } else {
        leaves.add(leaf);
      }
    }
    return new SyntaxTree(errorType, error, statements, leaves);
  }

  /** Returns the engine's own wording of a query, without comments and semicolon. */
  static String canonicalText(DuckSession session, String text) {
    return session
        .list(
            new SqlBuilder()
                .text("SELECT json_deserialize_sql(json_serialize_sql(")
                .literal(text)
                .text("))")
                .build(),
            row -> row.text(0))
        .getFirst();
  }

  Optional<String> findError() {
    return Optional.ofNullable(error);
  }

  /** Tells whether the text is SQL, but not of the SELECT family. */
  boolean isNoSelect() {
    return NO_SELECT.equals(errorType);
  }

  int statements() {
    return statements;
  }

  /** Returns the kinds of all queries and statements in the tree. */
  Set<String> nodeKinds() {
    Set<String> kinds = new LinkedHashSet<>();
    for (Leaf leaf : leaves) {
      if (leaf.key().equals("type") && leaf.value().endsWith("_NODE")) {
        kinds.add(leaf.value());
      }
    }
    return kinds;
  }

  Set<String> functions() {
    Set<String> functions = new LinkedHashSet<>();
    for (Leaf leaf : leaves) {
      if (leaf.key().equals("function_name")) {
        functions.add(leaf.value());
      }
    }
    return functions;
  }

  TableNames tableNames() {
    List<Definition> definitions = definitions();
    Set<String> qualified = new LinkedHashSet<>();
    Set<String> pondCalls = new LinkedHashSet<>();
    for (Leaf leaf : leaves) {
      if (leaf.key().equals("schema_name") && !leaf.value().isEmpty()) {
        qualified.add(leaf.path());
      }
      if (leaf.key().equals("function_name") && leaf.value().equalsIgnoreCase("pond")) {
        pondCalls.add(leaf.path());
      }
    }
    Set<String> tables = new LinkedHashSet<>();
    Set<String> ponds = new LinkedHashSet<>();
    for (Leaf leaf : leaves) {
      if (leaf.key().equals("table_name")
          && isOfType(leaf.path(), "BASE_TABLE")
          && !qualified.contains(leaf.path())
          && definitions.stream().noneMatch(cte -> isDefinedBy(cte, leaf))) {
        tables.add(leaf.value());
      }
      if (leaf.key().equals("text")
          && leaf.path().endsWith(".arguments[0].expression.literal")
          && pondCalls.contains(
              leaf.path()
                  .substring(
                      0, leaf.path().length() - ".arguments[0].expression.literal".length()))) {
        ponds.add(leaf.value());
      }
    }
    Set<String> called = new LinkedHashSet<>();
    functions().forEach(function -> called.add(function.toLowerCase(Locale.ROOT)));
    return new TableNames(tables, ponds, otherSources(qualified), called);
  }

  /** Lists functions in FROM but {@code pond}, and qualified names of tables. */
  private Set<String> otherSources(Set<String> qualified) {
    Set<String> others = new LinkedHashSet<>();
    for (Leaf leaf : leaves) {
      boolean isCalled =
          leaf.key().equals("function_name")
              && leaf.path().endsWith(".function")
              && isOfType(
                  leaf.path().substring(0, leaf.path().length() - ".function".length()),
                  "TABLE_FUNCTION");
      boolean isQualified =
          leaf.key().equals("table_name")
              && qualified.contains(leaf.path())
              && isOfType(leaf.path(), "BASE_TABLE");
      if (isQualified || (isCalled && !leaf.value().equalsIgnoreCase("pond"))) {
        others.add(leaf.value());
      }
      if (leaf.key().equals("table_name")
          && !leaf.value().isEmpty()
          && isOfType(leaf.path(), "SHOW_REF")) {
        others.add(TableNames.SHOW);
      }
    }
    return others;
  }

  private boolean isOfType(String path, String type) {
    return leaves.contains(new Leaf(path, "type", type));
  }

  private List<Definition> definitions() {
    List<Definition> definitions = new ArrayList<>();
    for (Leaf leaf : leaves) {
      int cte = leaf.path().lastIndexOf(CTE);
      if (leaf.key().equals("key") && cte >= 0 && leaf.path().endsWith("]")) {
        String number = leaf.path().substring(cte + CTE.length(), leaf.path().length() - 1);
        definitions.add(
            new Definition(
                leaf.path().substring(0, cte),
                Integer.parseInt(number),
                leaf.value(),
                leaf.path()));
      }
    }
    return definitions;
  }

  /**
   * Tells whether a table name means a query of WITH: one before it in the same WITH, or the query
   * itself where it is recursive.
   */
  private boolean isDefinedBy(Definition cte, Leaf table) {
    if (!cte.name().equalsIgnoreCase(table.value()) || !table.path().startsWith(cte.with() + ".")) {
      return false;
    }
    String siblings = cte.with() + CTE;
    if (!table.path().startsWith(siblings)) {
      return true;
    }
    int end = table.path().indexOf(']', siblings.length());
    int within = Integer.parseInt(table.path().substring(siblings.length(), end));
    return within > cte.number() || (within == cte.number() && isRecursive(cte));
  }

  private boolean isRecursive(Definition cte) {
    return isOfType(cte.path() + ".value.query_node", "RECURSIVE_CTE_NODE");
  }
}
