package dev.duckpond.collect;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.SeriesTarget;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.nio.file.Path;

/** Keeps whole numbers of a series from being changed when fractions come beside them. */
record WholeNumbers(QuerySession session, SeriesTarget target, StoredTypes stored) {
  /**
   * Requires that the whole numbers of each column that would become one of fractions are exact
   * there too. Looks at the rows of the series only then.
   *
   * @param label what errors call the file of the new rows
   * @throws PondException.Conflict naming a number that would be changed
   */
  void requireExact(Path rows, String label) {
    for (Column column : session.duck().readParquetOutline(rows).columns()) {
      if (StoredTypes.isFloatType(column.type()) && stored.isInteger(column.name())) {
        requireExact(column, label);
      }
    }
  }

  private void requireExact(Column fresh, String label) {
    String name = fresh.name();
    DuckSession duck = session.duck();
    Relation relation = session.relation(target.path(), target.versions());
    Sql column =
        relation.columns().stream()
            .map(RelationColumn::name)
            .filter(name::equalsIgnoreCase)
            .findFirst()
            .map(Sql::identifier)
            .orElseThrow();
    Sql sql =
        new SqlBuilder()
            .text("SELECT CAST(")
            .append(column)
            .text(" AS VARCHAR) FROM (")
            .append(relation.select(TimeRange.ALL))
            .text(") WHERE ")
            .append(WrittenNumbers.isChanged(column, fresh.type()))
            .text(" LIMIT 1")
            .build();
    for (String number : duck.list(sql, row -> row.text(0))) {
      throw new PondException.Conflict(
          "'" + label + "' has fractions in column '" + name + "'",
          "'" + target.path() + "' has " + number + " there, which they would change",
          "Correct the file, or give one of the columns another name.");
    }
  }
}
