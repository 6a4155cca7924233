package dev.duckpond.duckdb;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Lists what a query reads from, each once, in the order of the text.
 *
 * @param tables unqualified names of tables or views, such as {@code t} and {@code /a/*.series} in
 *     {@code FROM t, '/a/*.series'}; names that the query itself defines by WITH are left out
 * @param ponds texts given to {@code pond('…')}
 * @param others what else it reads from: all other functions in FROM, qualified names such as
 *     {@code temp.t}, and {@link #SHOW} for lists of what is there
 * @param functions all that it calls, in FROM and anywhere else, in lower case
 */
public record TableNames(
    Set<String> tables, Set<String> ponds, Set<String> others, Set<String> functions) {
  /** Stands among the others for a list of what is there. */
  public static final String SHOW = "SHOW";

  public TableNames {
    tables = Collections.unmodifiableSet(new LinkedHashSet<>(tables));
    ponds = Collections.unmodifiableSet(new LinkedHashSet<>(ponds));
    functions = Collections.unmodifiableSet(new LinkedHashSet<>(functions));
    others = Collections.unmodifiableSet(new LinkedHashSet<>(others));
  }
}
