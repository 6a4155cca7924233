package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.ContentReader;
import dev.duckpond.tinyfs.PondException;
import java.util.List;

/** What relations of one session share: its engine, its variables, and the pond's content. */
record QueryScope(DuckSession duck, ParquetSource.VariableNames variables, ContentReader contents) {

  /** Answers the columns of a SELECT, without running it. */
  List<RelationColumn> columns(Sql select, String label) {
    return QueryErrors.translating(
        "reading '" + label + "'",
        () -> duck.columns(select).stream().map(RelationInspector::column).toList());
  }

  static PondException.Invalid withoutTime(String label) {
    return new PondException.Invalid(
        "a range of time cannot be taken of '" + label + "'",
        "it has no time column",
        "Leave the range away.");
  }
}
