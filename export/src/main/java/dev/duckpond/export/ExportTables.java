package dev.duckpond.export;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlWords;
import dev.duckpond.query.ColumnName;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.TimeRange;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Makes the tables {@code export_metadata} and {@code export_schema} of a report. */
public final class ExportTables {
  private static final long MICROS_PER_MILLI = 1000;

  /** What names of tables begin with that are no affair of users, in lower case. */
  static final String RESERVED = "duckpond_";

  private static final Sql CREATE =
      Sql.of(
          "CREATE OR REPLACE TEMP TABLE duckpond_export_metadata (pattern VARCHAR, target VARCHAR,"
              + " capture_group INTEGER, capture_value VARCHAR, file_path VARCHAR,"
              + " start_time BIGINT, end_time BIGINT, row_count BIGINT, size_bytes BIGINT,"
              + " min_time BIGINT, max_time BIGINT, sha256 VARCHAR, written BOOLEAN,"
              + " export_stage INTEGER);"
              + " CREATE OR REPLACE TEMP TABLE export_schema (pattern VARCHAR, target VARCHAR,"
              + " \"column\" VARCHAR, type VARCHAR, instrument VARCHAR, name VARCHAR,"
              + " unit VARCHAR, agg VARCHAR)");

  private static final Sql OF_THE_RUN =
      Sql.of(
          "CREATE OR REPLACE TEMP VIEW export_metadata AS"
              + " FROM duckpond_own.duckpond_export_metadata");

  /** Puts the table where a name alone does not find it, nor does a list of tables. */
  private static final Sql PUT_AWAY =
      Sql.of(
          "CREATE SCHEMA IF NOT EXISTS duckpond_own;"
              + " CREATE OR REPLACE TABLE duckpond_own.duckpond_export_metadata AS"
              + " FROM temp.main.duckpond_export_metadata;"
              + " DROP TABLE temp.main.duckpond_export_metadata");

  private static final Sql OF_THE_DATA =
      Sql.of(
          "CREATE OR REPLACE TEMP VIEW export_metadata AS SELECT * EXCLUDE (written)"
              + " FROM duckpond_own.duckpond_export_metadata");

  private static final Sql IS_MADE =
      Sql.of("SELECT 1 FROM duckdb_tables() WHERE table_name = 'duckpond_export_metadata'");

  private static final String WRITTEN = "written";

  /** The number of the first stage, and of the only one of an export without a pipeline. */
  static final int FIRST_STAGE = 1;

  /** The names of both. */
  static final List<String> NAMES = List.of("export_metadata", "export_schema");

  private ExportTables() {}

  /** Makes both tables without rows, to check a query before there are any. */
  public static void registerEmpty(DuckSession duck) {
    duck.execute(CREATE);
    putAway(duck);
  }

  private static void putAway(DuckSession duck) {
    duck.execute(PUT_AWAY);
    duck.execute(OF_THE_RUN);
  }

  /** Tells whether the tables are there. */
  static boolean areMade(DuckSession duck) {
    return !duck.list(IS_MADE, row -> row.longValue(0)).isEmpty();
  }

  /** Tells whether a name of a table is not for users. */
  static boolean isReserved(String table) {
    return table.toLowerCase(Locale.ROOT).startsWith(RESERVED);
  }

  /**
   * Lets {@code export_metadata} have the columns that suit a query whose answer is exported: the
   * column {@code written} tells of this run alone, so it is there for a query that names it, and
   * {@code *} of any other is the same as long as the data is. Nothing is done before there is one.
   */
  static void suit(DuckSession duck, String userSql) {
    if (areMade(duck)) {
      duck.execute(SqlWords.contain(userSql, WRITTEN) ? OF_THE_RUN : OF_THE_DATA);
    }
  }

  /**
   * Makes both tables as temporary tables of a session, replacing what had the names.
   *
   * <p>{@code export_metadata} has one row per file and capture, in the order of the report; a file
   * of a pattern without captures has group 0 and the empty text. Times are milliseconds since
   * 1970, UTC, rounded down; {@code start_time} and {@code end_time} bound the partition,
   * half-open, and are NULL where the export is not cut by time. {@code export_schema} has one row
   * per target and column.
   */
  public static void register(DuckSession duck, ExportReport report) {
    register(duck, Map.of(FIRST_STAGE, report));
  }

  /**
   * Makes both tables of several stages, by their numbers in the pipeline.
   *
   * @param reports in the order of the stages
   */
  static void register(DuckSession duck, Map<Integer, ExportReport> reports) {
    duck.execute(CREATE);
    try (RowAppender rows = duck.append("duckpond_export_metadata")) {
      reports.forEach((stage, report) ->
          each(report, (pattern, target) -> addFiles(rows, pattern, target, stage)));
    }
    putAway(duck);
    Set<String> seen = new HashSet<>();
    try (RowAppender rows = duck.append("export_schema")) {
      reports
          .values()
          .forEach(report ->
              each(
                  report,
                  (pattern, target) -> {
                    if (seen.add(pattern + "\0" + target.path())) {
                      target.columns().forEach(column -> add(rows, pattern, target, column));
                    }
                  }));
    }
  }

  /** Meets what is data: pages and tables that the export made are not. */
  private static void each(
      ExportReport report, BiConsumer<String, ExportReport.TargetReport> meet) {
    for (ExportReport.PatternReport pattern : report.patterns()) {
      for (ExportReport.TargetReport target : pattern.targets()) {
        if (target.content() != ExportReport.Content.MADE) {
          meet.accept(pattern.pattern(), target);
        }
      }
    }
  }

  private static void addFiles(
      RowAppender rows, String pattern, ExportReport.TargetReport target, int stage) {
    List<String> captures = target.captures().isEmpty() ? List.of("") : target.captures();
    for (ExportReport.FileReport file : target.files()) {
      for (int group = 0; group < captures.size(); group++) {
        rows.append(pattern).append(target.path().toString());
        rows.appendInteger(group).append(captures.get(group)).append(file.path());
        addTimes(
            rows, file.span().map(TimeRange::fromMicros), file.span().map(TimeRange::toMicros));
        rows.append(file.rows()).append(file.sizeBytes());
        addTimes(
            rows,
            file.bounds().map(EventBounds::minMicros),
            file.bounds().map(EventBounds::maxMicros));
        rows.append(file.hash().map(ContentHash::hex).orElse(null));
        rows.append(file.outcome() == ExportReport.Outcome.WRITTEN).appendInteger(stage).endRow();
      }
    }
  }

  private static void addTimes(RowAppender rows, Optional<Long> first, Optional<Long> second) {
    rows.appendNullable(first.map(ExportTables::millis).orElse(null));
    rows.appendNullable(second.map(ExportTables::millis).orElse(null));
  }

  private static Long millis(long micros) {
    return Math.floorDiv(micros, MICROS_PER_MILLI);
  }

  private static void add(
      RowAppender rows, String pattern, ExportReport.TargetReport target, RelationColumn column) {
    ColumnName name = column.parsedName();
    rows.append(pattern).append(target.path().toString());
    rows.append(column.name()).append(column.type());
    rows.append(name.instrument()).append(name.name()).append(column.unit()).append(name.agg());
    rows.endRow();
  }
}
