package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.TableNames;
import dev.duckpond.tinyfs.PondException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes everything that a user's query names readable, and nothing else. */
final class UserQuery {
  private final QuerySession session;
  private final DuckSession duck;
  private final NamedRelations named;

  UserQuery(QuerySession session, NamedRelations named) {
    this.named = named;
    this.session = session;
    this.duck = session.duck();
  }

  Sql prepare(String userSql) {
    Sql checked = duck.requireSelect(userSql);
    TableNames names = duck.tableNames(userSql);
    Set<String> sources = new LinkedHashSet<>();
    for (String name : names.tables()) {
      Optional<PondTables> known = PondTables.find(name);
      if (known.isPresent() && session.tree().isPresent()) {
        known.get().create(duck, session.requireTree());
      } else if (isPath(name)) {
        sources.add(name);
      }
    }
    sources.addAll(names.ponds());
    requireDistinctIgnoringCase(sources);
    Map<String, Relation> relations = new LinkedHashMap<>();
    for (String source : sources) {
      if (!isPath(source)) {
        throw new PondException.NotFound(
            "'" + source + "' is no path of the pond",
            "a path starts with '/'",
            "Write '/" + source + "'.");
      }
      relations.put(source, session.relation(PondUrl.parse(source)));
    }
    named.makeReadable(userSql, names, relations);
    return checked;
  }

  private static boolean isPath(String name) {
    return name.startsWith("/") || PondUrl.looksLikeUrl(name);
  }

  /** The engine's names do not tell letter case apart; the pond's do. */
  private static void requireDistinctIgnoringCase(Set<String> sources) {
    Map<String, String> seen = new HashMap<>();
    for (String source : sources) {
      String other = seen.putIfAbsent(source.toLowerCase(Locale.ROOT), source);
      if (other != null) {
        throw new PondException.Invalid(
            "one query cannot read both '" + other + "' and '" + source + "'",
            "SQL does not tell their names apart",
            "Give one of them a name with --table name=" + source + ".");
      }
    }
  }
}
