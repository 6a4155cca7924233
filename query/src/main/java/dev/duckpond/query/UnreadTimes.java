package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Looks at files of text whose column with the name of a time was not read as one, and says which
 * value keeps it from that. Reads the file once more, and only then.
 */
public final class UnreadTimes {
  private final DuckSession duck;

  /** Works in a session that may read the files, which stays the caller's. */
  public UnreadTimes(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Requires that a column has times that were read, where one has the name of a time. Says nothing
   * of formats other than CSV and NDJSON.
   *
   * @param url of one file of this machine
   * @param converted what was made of it
   * @param label what errors call it
   * @param target a path that the session may write, and whose file is replaced
   * @param remedy what to do about the times of CSV
   * @throws PondException.Invalid naming the line of the first value that is no time
   */
  public void requireNone(PondUrl url, Path converted, String label, Path target, String remedy) {
    if (!WrittenTimes.areIn(url)) {
      return;
    }
    List<RelationColumn> columns =
        duck.readParquetOutline(converted).columns().stream()
            .map(RelationInspector::column)
            .toList();
    Optional<RelationColumn> named = TimeColumnFinder.findNamed(columns);
    boolean isRead =
        !(TimeColumnFinder.find(columns, TimeHints.NONE, label)
            instanceof TimeColumnFinder.Found.None);
    if (isRead || named.isEmpty()) {
      return;
    }
    String column = named.get().name();
    new UnclearTimes(duck).requireNone(url, column, label, target, remedy);
    WrittenTimes times = new WrittenTimes(duck, url, column, label, target);
    times.load();
    Sql unread = isUnread(UnclearTimes.formats(url));
    Optional<WrittenTimes.Found> found =
        times
            .find(unread.plus(" AND NOT ").plus(UnreadTime.isCount(WrittenTimes.TEXT)))
            .or(() -> times.find(unread));
    if (found.isPresent()) {
      throw error(times, found.get(), remedy);
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

  /** Answers whether nothing reads a value. */
  private static Sql isUnread(List<String> formats) {
    List<Sql> readings =
        formats.isEmpty()
            ? List.of(Sql.of("TRY_CAST(").plus(WrittenTimes.TEXT).plus(" AS TIMESTAMP)"))
            : formats.stream().map(WrittenTimes::reading).toList();
    return new SqlBuilder()
        .append(WrittenTimes.TEXT)
        .text(" IS NOT NULL AND coalesce(")
        .append(Sql.list(readings, ", "))
        .text(") IS NULL")
        .build();
  }
}
