package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.ExactPath;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the {@code read_parquet(…)} of a list of files, which stays short for any number. */
final class ParquetSource {
  /** Lists up to this length stand in the SQL; longer ones in a variable of the session. */
  private static final int MAX_INLINE_FILES = 16;

  /** How the columns of several files come together. */
  enum Columns {
    /** All files have the same columns. */
    ALIKE,
    /** Files are united by column name, with type widening; the engine opens every footer. */
    UNITED
  }

  private ParquetSource() {}

  /** Answers what stands after FROM for files given by absolute paths. */
  static Sql of(DuckSession duck, VariableNames names, List<Path> files, Columns columns) {
    SqlBuilder sql = new SqlBuilder().text("read_parquet(").append(paths(duck, names, files));
    if (columns == Columns.UNITED) {
      sql.text(", union_by_name = true");
    }
    // Blobs lie in directories named sha256=…, which the engine would take for a column.
    return sql.text(", hive_partitioning = false)").build();
  }

  /** Answers the first argument of a table function over files. */
  static Sql paths(DuckSession duck, VariableNames names, List<Path> files) {
    names.note(files);
    List<String> paths = files.stream().map(ExactPath::text).toList();
    if (files.size() <= MAX_INLINE_FILES) {
      List<Sql> literals = paths.stream().map(Sql::literal).toList();
      return Sql.of("[").plus(Sql.list(literals, ", ")).plus("]");
    }
    String name = names.next();
    duck.setVariable(name, paths);
    return Sql.of("getvariable(").plus(Sql.literal(name)).plus(")");
  }

  /**
   * Numbers the variables of one session, and remembers the files that its engine was told of. One
   * thread only.
   */
  static final class VariableNames {
    private final Set<Path> files = new HashSet<>();
    private long used;

    void note(List<Path> handed) {
      files.addAll(handed);
    }

    Set<Path> files() {
      return Set.copyOf(files);
    }

    String next() {
      used++;
      return "duckpond_files_" + used;
    }
  }
}
