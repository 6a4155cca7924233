package dev.duckpond.collect;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.tinyfs.PondException;
import java.util.List;

/**
 * The names of columns that an intake puts beside those of a file. They begin with a control
 * character, so that columns of files may be called anything that somebody would write.
 */
final class OwnColumn {
  private static final String MARK = "\u0001";

  private OwnColumn() {}

  static Sql of(String name) {
    return Sql.identifier(MARK + name);
  }

  /**
   * Requires that no column of a file could be taken for one of the intake.
   *
   * @param label what errors call the file
   * @throws PondException.Invalid when one begins as those do
   */
  static void requireNone(String label, List<Column> columns) {
    for (Column column : columns) {
      if (column.name().startsWith(MARK)) {
        throw new PondException.Invalid(
            "'" + label + "' has a column whose name begins with a control character",
            "it is '" + column.name().substring(MARK.length()) + "' with U+0001 before it",
            "Correct the names in the file.");
      }
    }
  }
}
