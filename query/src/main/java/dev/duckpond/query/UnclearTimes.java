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
import java.util.Set;

/**
 * Looks at the times of files of text as they are written, where the engine has read them: what it
 * could only guess is an error. Reads the file once more, and CSV without telling types again.
 */
public final class UnclearTimes {
  private static final Set<String> FORMATS = Set.of("timestampformat", "dateformat");
  private static final String UNIT = "time_unit";
  private static final Sql TEXT = Sql.identifier("unclear_text");
  private static final Sql NUMBER = Sql.of("TRY_CAST(").plus(TEXT).plus(" AS DOUBLE)");

  private final DuckSession duck;

  /** Works in a session that may read the files, which stays the caller's. */
  public UnclearTimes(DuckSession duck) {
    this.duck = duck;
  }

  /**
   * Requires that each time of a column can be read in one way. Says nothing of formats other than
   * CSV and NDJSON, and of files whose options say how times are written.
   *
   * @param url of one file of this machine
   * @param label what errors call it
   * @param target a path that the session may write, and whose file is replaced
   * @param remedy what to do about a column of CSV
   * @throws PondException.Invalid naming the line of the first that may be read otherwise
   */
  public void requireNone(PondUrl url, String column, String label, Path target, String remedy) {
    boolean isCsv = url.format() == PondUrl.Format.CSV;
    if ((!isCsv && url.format() != PondUrl.Format.NDJSON)
        || url.options().keySet().stream().anyMatch(FORMATS::contains)) {
      return;
    }
    boolean isUnitKnown = url.options().containsKey(UNIT);
    TextConversion conversion = new TextConversion(duck);
    if (isCsv && areClear(conversion, url, column, label, target, isUnitKnown)) {
      return;
    }
    conversion.convert(url, Map.of(column, "VARCHAR"), label, target);
    for (Form form : forms(isUnitKnown, rows(column, parquet(target)))) {
      for (Found found : find(form.time(), column, target)) {
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
            form.remedy()
                .orElse(
                    isCsv
                        ? remedy
                        : "Write times as in 2024-06-01T12:00:00Z, or as counts since 1970."));
      }
    }
  }

  /** A form, and what to do about it where that is not the same as for others. */
  private record Form(UnclearTime time, Optional<String> remedy) {}

  private static List<UnclearTime> rowForms(boolean isUnitKnown) {
    List<UnclearTime> forms = new ArrayList<>(UnclearTime.ofText(TEXT));
    if (!isUnitKnown) {
      forms.add(UnclearTime.ofNumber(NUMBER));
    }
    return forms;
  }

  private static List<Form> forms(boolean isUnitKnown, Sql rows) {
    List<Form> forms = new ArrayList<>();
    rowForms(isUnitKnown).forEach(form -> forms.add(new Form(form, Optional.empty())));
    if (!isUnitKnown) {
      forms.add(new Form(UnclearTime.ofSmall(NUMBER, rows), Optional.of(UnclearTime.COUNT_REMEDY)));
    }
    return forms;
  }

  /** Looks at the one column, without the rows; nearly all files are clear. */
  private boolean areClear(
      TextConversion conversion,
      PondUrl url,
      String column,
      String label,
      Path target,
      boolean isUnitKnown) {
    List<Sql> conditions = new ArrayList<>();
    rowForms(isUnitKnown).forEach(form -> conditions.add(form.condition()));
    SqlBuilder any =
        new SqlBuilder()
            .text("SELECT coalesce(bool_or((")
            .append(Sql.list(conditions, ") OR ("))
            .text(")), FALSE)");
    if (!isUnitKnown) {
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
  private record Found(long row, String text) {}

  private List<Found> find(UnclearTime form, String column, Path file) {
    Sql sql =
        new SqlBuilder()
            .text("SELECT file_row_number, ")
            .append(TEXT)
            .text(" FROM (SELECT file_row_number, trim(")
            .identifier(column)
            .text(") AS ")
            .append(TEXT)
            .text(" FROM read_parquet(")
            .literal(file.toAbsolutePath().normalize().toString())
            .text(", file_row_number = true)) WHERE ")
            .append(form.condition())
            .text(" ORDER BY 1 LIMIT 1")
            .build();
    return duck.list(sql, row -> new Found(row.longValue(0), row.text(1)));
  }
}
