package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the times of files of text as they are written, where the engine has read them: what it
 * could only guess is an error. Reads the file once more, and CSV without telling types again.
 */
public final class UnclearTimes {
  /** Advice for times that no format can be said of. */
  static final String WRITTEN_CLEARLY =
      "Write times as in 2024-06-01T12:00:00Z, or as counts since 1970.";

  private static final Sql NUMBER = Sql.of("TRY_CAST(").plus(WrittenTimes.TEXT).plus(" AS DOUBLE)");

  private final DuckSession duck;

  /** Works in a session that may read the files, which stays the caller's. */
  public UnclearTimes(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Requires that each time of a column can be read in one way. Says nothing of formats other than
   * CSV and NDJSON, and of values that are written as options say.
   *
   * @param url of one file of this machine
   * @param label what errors call it
   * @param target a path that the session may write, and whose file is replaced
   * @param remedy what to do about a column of CSV
   * @throws PondException.Invalid naming the line of the first that may be read otherwise
   */
  public void requireNone(PondUrl url, String column, String label, Path target, String remedy) {
    if (!WrittenTimes.areIn(url)) {
      return;
    }
    WrittenTimes times = new WrittenTimes(duck, url, column, label, target);
    if (times.isCsv() && areClear(url, column, label, target)) {
      return;
    }
    times.load();
    for (Form form : forms(url, times.rows())) {
      Optional<WrittenTimes.Found> found = times.find(form.time().condition());
      if (found.isPresent()) {
        throw times.error(
            found.get(),
            form.time().problem(),
            form.time().reason(),
            form.remedy().orElse(times.isCsv() ? remedy(url, remedy) : WRITTEN_CLEARLY));
      }
    }
  }

  /** Lists how the options of a file say that times are written. */
  public static List<String> formats(PondUrl url) {
    return ReadOptions.formats(url.options());
  }

  /** Answers what to do about times of CSV, whose format may be given already. */
  static String remedy(PondUrl url, String withoutFormat) {
    return formats(url).isEmpty() ? withoutFormat : UnclearTime.FORMAT_REMEDY;
  }

  /** A form, and what to do about it where that is not the same as for others. */
  private record Form(UnclearTime time, Optional<String> remedy) {}

  private static boolean isUnitKnown(PondUrl url) {
    return url.options().containsKey(RelationShape.TIME_UNIT);
  }

  private static List<Form> rowForms(PondUrl url) {
    List<Form> forms = new ArrayList<>();
    UnclearTime.ofText(WrittenTimes.TEXT).forEach(form -> forms.add(unexplained(form, "", url)));
    forms.add(unexplained(UnclearTime.ofOffset(WrittenTimes.TEXT), "Correct the offset.", url));
    if (!isUnitKnown(url)) {
      forms.add(unexplained(UnclearTime.ofNumber(NUMBER), "", url));
    }
    return forms;
  }

  private static List<Form> forms(PondUrl url, Sql rows) {
    List<Form> forms = rowForms(url);
    if (!isUnitKnown(url)) {
      forms.add(unexplained(UnclearTime.ofSmall(NUMBER, rows), UnclearTime.COUNT_REMEDY, url));
    }
    return forms;
  }

  /** Answers a form, of values that no format reads: the engine may read them in spite of it. */
  private static Form unexplained(UnclearTime form, String remedy, PondUrl url) {
    SqlBuilder condition = new SqlBuilder().text("(").append(form.condition()).text(")");
    for (String format : formats(url)) {
      condition
          .text(" AND ")
          .append(WrittenTimes.reading(WrittenTimes.TEXT, format))
          .text(" IS NULL");
    }
    return new Form(
        new UnclearTime(condition.build(), form.problem(), form.reason()),
        remedy.isEmpty() ? Optional.empty() : Optional.of(remedy));
  }

  /** Looks at the one column, without the rows; nearly all files are clear. */
  private boolean areClear(PondUrl url, String column, String label, Path target) {
    List<Sql> conditions = new ArrayList<>();
    rowForms(url).forEach(form -> conditions.add(form.time().condition()));
    SqlBuilder any =
        new SqlBuilder()
            .text("SELECT coalesce(bool_or((")
            .append(Sql.list(conditions, ") OR ("))
            .text(")), FALSE)");
    if (!isUnitKnown(url)) {
      any.text(" OR ").append(UnclearTime.areSmall(NUMBER));
    }
    return new TextConversion(duck)
        .ofTexts(
            url,
            label,
            target,
            texts -> {
              Sql query =
                  new SqlBuilder()
                      .append(any.build())
                      .text(" FROM ")
                      .append(WrittenTimes.rows(column, texts))
                      .build();
              return !duck.list(query, row -> row.flag(0)).getFirst();
            });
  }
}
