package dev.duckpond.factories.pages;

import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.TableNames;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tera.CallException;
import dev.duckpond.tera.Value;
import dev.duckpond.tinyfs.PondException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers queries of templates over some tables and nothing else. The same question of several
 * pages is asked once. One thread only.
 */
final class TableQuestions implements PageTemplates.Asking {
  /** Answers that are kept. */
  private static final int MAX_KEPT = 32;

  private final QuerySession session;
  private final List<String> tables;
  private final Map<String, Value> answers = new HashMap<>();

  TableQuestions(QuerySession session, List<String> tables) {
    this.session = session;
    this.tables = List.copyOf(tables);
  }

  @Override
  public Value ask(String sql) {
    Value known = answers.get(sql);
    if (known != null) {
      return known;
    }
    Value answer = rows(sql);
    if (answers.size() < MAX_KEPT) {
      answers.put(sql, answer);
    }
    return answer;
  }

  private Value rows(String sql) {
    try {
      TableNames names = session.duck().tableNames(sql);
      for (String table : names.tables()) {
        requireKnown(table);
      }
      if (!names.ponds().isEmpty()) {
        requireKnown(names.ponds().iterator().next());
      }
      Sql query = session.duck().requireSelect(sql);
      return TableValues.rows(session, query);
    } catch (PondException e) {
      throw new CallException(e.problem() + (e.reason().isEmpty() ? "" : ": " + e.reason()), "");
    } catch (DuckException e) {
      throw new CallException("the query failed: " + e.getMessage(), "");
    }
  }

  private void requireKnown(String table) {
    if (tables.stream().noneMatch(table::equalsIgnoreCase)) {
      throw new CallException(
          "a template cannot ask '" + table + "'",
          "There are the tables " + String.join(", ", tables) + ".");
    }
  }
}
