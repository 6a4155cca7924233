package dev.duckpond.cli;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.query.ResultWriter;
import dev.duckpond.query.TerminalText;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.util.List;

/** Prints the rows of a query on standard output. */
final class ResultPrinter {
  private final CommandContext context;

  ResultPrinter(CommandContext context) {
    this.context = context;
  }

  /**
   * Runs a query and prints its rows in the format that was asked for.
   *
   * @param elsewhere the format when none was asked for and no person reads
   */
  void print(QuerySession session, Sql query, ResultFormat elsewhere) {
    write(session, query, context.format(elsewhere));
  }

  /** Prints the plan of a query, which does not run. */
  void explain(QuerySession session, Sql query) {
    Sql explain = new SqlBuilder().text("EXPLAIN ").append(query).build();
    for (String line : session.duck().list(explain, rows -> rows.text(1))) {
      context.out().line(line.stripTrailing());
    }
  }

  /** Prints what a computed node is made of, and as which SQL it is read. */
  void explain(List<ComputedNode> nodes, Sql rows) {
    for (ComputedNode node : nodes) {
      String where = node.isInside() ? ", configured by " + node.configured() : "";
      context
          .out()
          .line(TerminalText.escaped(node.path() + " is made by " + node.factory() + where));
      for (ComputedNode.Input input : node.inputs()) {
        context.out().line("  " + TerminalText.escaped(input.words()));
      }
    }
    context.out().line("");
    SqlLayout.of(rows.toString()).lines().forEach(context.out()::line);
    context.out().line("");
  }

  private void write(QuerySession session, Sql query, ResultFormat format) {
    requireNoBinaryOnTerminal(format);
    try (Stats.Phase _ = context.stats().phase("query");
        QueryProgress _ = QueryProgress.of(context, session)) {
      context.out().flush();
      long before = context.out().bytes();
      long rows = new ResultWriter(session).write(query, format, context.out().stream());
      context.out().flush();
      context.stats().add(Stats.Counter.ROWS, rows);
      context.stats().add(Stats.Counter.BYTES_WRITTEN, context.out().bytes() - before);
    } catch (IOException e) {
      throw HostTrouble.of("the rows cannot be written", "", e);
    }
  }

  private void requireNoBinaryOnTerminal(ResultFormat format) {
    if (!format.isText() && context.environment().isTerminal(StandardStream.OUTPUT)) {
      throw new PondException.Usage(
          format.word() + " is not for a terminal",
          "its bytes would garble the screen",
          "Send it to a file: '… > rows." + format.word() + "'.");
    }
  }
}
