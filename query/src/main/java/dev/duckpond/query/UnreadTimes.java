package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Looks at files of text whose column of the time the engine left as something else: as days beside
 * times, or days beside values that are no times. Reads the file once more, and only then.
 */
public final class UnreadTimes {
  /** The engine reads words too, such as infinity and epoch. */
  private static final String YEAR_FIRST = "^[0-9]{4}[-/ ][0-9]{1,2}[-/ ][0-9]{1,2}([T ]|$)";

  private final DuckSession duck;

  /** Works in a session that may read the files, which stays the caller's. */
  public UnreadTimes(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Requires that the column of the time has times, and reads those that the engine left as text
   * though each alone is clear. Says nothing of formats other than CSV and NDJSON.
   *
   * @param url of one file of this machine
   * @param converted what was made of it; written anew where there are times to be read
   * @param declared the column, where somebody says so; else it is found by its name
   * @param label what errors call the file
   * @param target a path that the session may write, and whose file is replaced
   * @param remedy what to do about the times of CSV
   * @throws PondException.Invalid naming the line of the first value that is no time
   */
  public void read(
      PondUrl url,
      Path converted,
      Optional<String> declared,
      String label,
      Path target,
      String remedy) {
    Optional<String> unread =
        WrittenTimes.areIn(url) ? findUnread(converted, declared, label) : Optional.empty();
    if (unread.isPresent()) {
      new UnclearTimes(duck).requireNone(url, unread.get(), label, target, remedy);
      WrittenTimes times = new WrittenTimes(duck, url, unread.get(), label, target);
      times.load();
      requireTimes(times, remedy);
      boolean isZoned = times.find(UnclearTime.isZoned(WrittenTimes.TEXT)).isPresent();
      Sql end = isZoned ? Sql.of(" AS TIMESTAMPTZ)") : Sql.of(" AS TIMESTAMP)");
      times.replace(text -> Sql.of("CAST(").plus(reading(times, text)).plus(end), converted);
    }
  }

  /** Finds the column of the time, when its type can hold none. */
  private Optional<String> findUnread(Path converted, Optional<String> declared, String label) {
    List<RelationColumn> columns =
        duck.readParquetOutline(converted).columns().stream()
            .map(RelationInspector::column)
            .toList();
    Optional<RelationColumn> column =
        declared.flatMap(name ->
            columns.stream().filter(each -> each.name().equalsIgnoreCase(name)).findFirst());
    if (declared.isEmpty()) {
      boolean isRead =
          !(TimeColumnFinder.find(columns, TimeHints.NONE, label)
              instanceof TimeColumnFinder.Found.None);
      column = isRead ? Optional.empty() : TimeColumnFinder.findNamed(columns);
    }
    return column
        .filter(each -> !TimeColumnFinder.canHoldTime(each.type()))
        .map(RelationColumn::name);
  }

  private static void requireTimes(WrittenTimes times, String remedy) {
    Sql unread =
        WrittenTimes.TEXT
            .plus(" IS NOT NULL AND ")
            .plus(reading(times, WrittenTimes.TEXT))
            .plus(" IS NULL");
    Optional<WrittenTimes.Found> found =
        times
            .find(unread.plus(" AND NOT ").plus(UnreadTime.isCount(WrittenTimes.TEXT)))
            .or(() -> times.find(unread));
    if (found.isPresent()) {
      throw error(times, found.get(), remedy);
    }
    Optional<WrittenTimes.Found> first =
        times.hasValues() ? Optional.empty() : times.find(Sql.of("TRUE"));
    if (first.isPresent()) {
      throw times.error(
          first.get(),
          "is no time",
          "the column '" + times.column() + "' is empty in all rows",
          UnclearTimes.WRITTEN_CLEARLY);
    }
  }

  private static PondException.Invalid error(
      WrittenTimes times, WrittenTimes.Found found, String remedy) {
    Optional<UnreadTime> kind =
        UnreadTime.of(WrittenTimes.TEXT).stream()
            .filter(each -> times.isOf(found, each.condition()))
            .findFirst();
    String advice =
        times.isCsv() ? UnclearTimes.remedy(times.url(), remedy) : UnclearTimes.WRITTEN_CLEARLY;
    return times.error(
        found,
        "is no time",
        kind.map(UnreadTime::reason).orElse(""),
        kind.flatMap(UnreadTime::remedy).orElse(advice));
  }

  /** Answers the time that a value is; NULL where nothing reads it. */
  private static Sql reading(WrittenTimes times, Sql text) {
    List<String> formats = UnclearTimes.formats(times.url());
    if (!formats.isEmpty()) {
      List<Sql> readings =
          formats.stream().map(format -> WrittenTimes.reading(text, format)).toList();
      return Sql.of("coalesce(").plus(Sql.list(readings, ", ")).plus(")");
    }
    return new SqlBuilder()
        .text("CASE WHEN ")
        .append(UnclearTime.matches(text, YEAR_FIRST))
        .text(" THEN TRY_CAST(")
        .append(text)
        .text(" AS TIMESTAMPTZ) END")
        .build();
  }
}
