package dev.duckpond.query;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ShownCell;
import dev.duckpond.tinyfs.PondException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at the times of files of text as they are written, where the engine has read them: what it
 * could only guess is an error. Reads the file once more, and CSV without telling types again.
 */
public final class UnclearTimes {
  /** Advice for times that no format can be said of. */
  static final String WRITTEN_CLEARLY =
      "Write times as in 2024-06-01T12:00:00Z, or as counts since 1970.";

  /** A value as it is written, without blanks around it. */
  static final Sql TEXT = Sql.identifier("unclear_text");

  private static final Sql NUMBER = Sql.of("TRY_CAST(").plus(TEXT).plus(" AS DOUBLE)");

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
    boolean isCsv = url.format() == PondUrl.Format.CSV;
    if (!isCsv && url.format() != PondUrl.Format.NDJSON) {
      return;
    }
    TextConversion conversion = new TextConversion(duck);
    if (isCsv && areClear(conversion, url, column, label, target)) {
      return;
    }
    conversion.convert(url, Map.of(column, "VARCHAR"), label, target);
    for (Form form : forms(url, rows(column, parquet(target)))) {
      for (Found found : find(duck, form.time().condition(), column, target)) {
        OptionalLong line =
            isCsv ? conversion.findLine(url, found.row(), label, target) : OptionalLong.empty();
        throw new PondException.Invalid(
            "'"
                + label
                + "', "
                + (line.isPresent() ? "line " + line.getAsLong() : "row " + (found.row() + 1))
                + ": '"
                + ShownCell.of(found.text())
                + "' "
                + form.time().problem(),
            form.time().reason(),
            form.remedy().orElse(isCsv ? remedy(url, remedy) : WRITTEN_CLEARLY));
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

  /** Answers what a format makes of a value; NULL where it does not fit. */
  static Sql reading(String format) {
    return new SqlBuilder()
        .text("try_strptime(")
        .append(TEXT)
        .text(", ")
        .literal(format)
        .text(")")
        .build();
  }

  /** A form, and what to do about it where that is not the same as for others. */
  private record Form(UnclearTime time, Optional<String> remedy) {}

  private static boolean isUnitKnown(PondUrl url) {
    return url.options().containsKey(RelationShape.TIME_UNIT);
  }

  private static List<Form> rowForms(PondUrl url) {
    List<Form> forms = new ArrayList<>();
    UnclearTime.ofText(TEXT).forEach(form -> forms.add(unexplained(form, "", url)));
    forms.add(unexplained(UnclearTime.ofOffset(TEXT), "Correct the offset.", url));
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
      condition.text(" AND ").append(reading(format)).text(" IS NULL");
    }
    return new Form(
        new UnclearTime(condition.build(), form.problem(), form.reason()),
        remedy.isEmpty() ? Optional.empty() : Optional.of(remedy));
  }

  /** Looks at the one column, without the rows; nearly all files are clear. */
  private boolean areClear(
      TextConversion conversion, PondUrl url, String column, String label, Path target) {
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
    return conversion.ofTexts(
        url,
        label,
        target,
        texts -> {
          Sql query =
              new SqlBuilder()
                  .append(any.build())
                  .text(" FROM ")
                  .append(rows(column, texts))
                  .build();
          return !duck.list(query, row -> row.flag(0)).getFirst();
        });
  }

  private static Sql rows(String column, Sql source) {
    return new SqlBuilder()
        .text("(SELECT trim(")
        .identifier(column)
        .text(") AS ")
        .append(TEXT)
        .text(" FROM ")
        .append(source)
        .text(")")
        .build();
  }

  private static Sql parquet(Path file) {
    return new SqlBuilder()
        .text("read_parquet(")
        .literal(file.toAbsolutePath().normalize().toString())
        .text(")")
        .build();
  }

  /** A value, and its row from 0. */
  record Found(long row, String text) {}

  /** Finds the first value of a column of text for which a condition holds. */
  static List<Found> find(DuckSession duck, Sql condition, String column, Path file) {
    Sql sql =
        new SqlBuilder()
            // The engine would count rows too, unless the file has a column of that name.
            .text("SELECT * FROM (SELECT row_number() OVER () - 1, trim(")
            .identifier(column)
            .text(") AS ")
            .append(TEXT)
            .text(" FROM ")
            .append(parquet(file))
            .text(") WHERE ")
            .append(condition)
            .text(" ORDER BY 1 LIMIT 1")
            .build();
    return duck.list(sql, row -> new Found(row.longValue(0), row.text(1)));
  }
}
