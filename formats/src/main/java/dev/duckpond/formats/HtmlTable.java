package dev.duckpond.formats;

import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.tinyfs.PondException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/**
 * One table of a page, collected as text. A column becomes DOUBLE when all of its cells are numbers
 * or empty; else it stays text, which is an error where its header has a unit.
 */
final class HtmlTable implements AutoCloseable {
  /** HydroVu's pages give the instant of each row here, in milliseconds. */
  private static final String EPOCH_MILLIS = "isi-hv-timestamp";

  private static final long MICROS_PER_MILLI = 1000;
  private static final String LINE = "duckpond line";

  /** A column: its cell in each row, its header, and its name, which no other column has. */
  private record Field(int cell, String header, String name) {}

  private final Conversion conversion;
  private final HtmlHeader header;
  private final TimeReader times;
  private final List<Field> fields;
  private final StagingTable table;
  private final RowAppender rows;

  private HtmlTable(
      Conversion conversion,
      HtmlHeader header,
      TimeReader times,
      List<Field> fields,
      StagingTable table) {
    this.conversion = conversion;
    this.header = header;
    this.times = times;
    this.fields = fields;
    this.table = table;
    this.rows = table.append();
  }

  /** Begins a table; until it is finished the session does nothing else. */
  static HtmlTable begin(
      Conversion conversion, int number, HtmlHeader header, Optional<ZoneId> zone) {
    ColumnNames names = new ColumnNames();
    List<Field> fields = new ArrayList<>();
    Map<String, CellType> columns = new LinkedHashMap<>();
    columns.put(ColumnNames.TIMESTAMP, CellType.TIMESTAMP);
    for (int i = 0; i < header.names().size(); i++) {
      if (!header.timeCells().contains(i)) {
        String text = header.names().get(i);
        Field field = new Field(i, text, names.unique(text));
        fields.add(field);
        columns.put(field.name(), CellType.VARCHAR);
      }
    }
    columns.put(LINE, CellType.BIGINT);
    TimeReader times = new TimeReader(conversion.label(), conversion.options(), zone);
    StagingTable table = StagingTable.create(conversion.duck(), number, columns);
    return new HtmlTable(conversion, header, times, fields, table);
  }

  /** Tells whether a row can be nothing else than a measurement, or what is left of one. */
  boolean isMeasurement(Element row, List<Element> cells) {
    return row.hasAttr(EPOCH_MILLIS) || header.isCut(cells);
  }

  /** Finds out why a row cannot be taken. */
  Optional<String> findProblem(List<Element> cells) {
    return header.findProblem(cells);
  }

  /**
   * Takes a row.
   *
   * @param cells as many as there are headers
   * @throws PondException.Invalid when it has no time
   */
  void append(Element row, List<String> cells) {
    int line = row.sourceRange().isTracked() ? row.sourceRange().start().lineNumber() : 0;
    rows.appendMicros(micros(row, cells, line));
    for (Field field : fields) {
      String cell = cells.get(field.cell());
      rows.append(cell.isEmpty() ? null : cell);
    }
    rows.append(line).endRow();
  }

  private long micros(Element row, List<String> cells, int line) {
    String millis = row.attr(EPOCH_MILLIS);
    if (!millis.isEmpty()) {
      try {
        return Math.multiplyExact(Long.parseLong(millis), MICROS_PER_MILLI);
      } catch (NumberFormatException | ArithmeticException e) {
        throw unfit(line, "its time, '" + ShownCell.of(millis) + "', is no number of milliseconds");
      }
    }
    String text = header.timeCells().stream().map(cells::get).collect(Collectors.joining(" "));
    OptionalLong micros = times.findText(text, line);
    return micros.orElseThrow(
        () -> unfit(line, "'" + ShownCell.of(text) + "' is no time like '2024-06-01 12:00:00'"));
  }

  private PondException.Invalid unfit(int line, String reason) {
    return new PondException.Invalid(
        "'" + conversion.label() + "', line " + line + ": the row does not fit its table",
        reason,
        "Correct the row or take it out.");
  }

  /** Ends appending. */
  void finish() {
    rows.close();
  }

  /**
   * Answers the rows with their types.
   *
   * @throws PondException.Invalid when a column with a unit holds something else than numbers
   */
  Sql select() {
    SqlBuilder select = new SqlBuilder().text("SELECT ").identifier(ColumnNames.TIMESTAMP);
    for (Field field : fields) {
      Sql name = Sql.identifier(field.name());
      boolean isNumeric = isNumeric(field);
      select.text(", ");
      if (isNumeric) {
        select.text("CAST(").append(name).text(" AS DOUBLE) AS ").append(name);
      } else {
        select.append(name);
      }
    }
    return select.text(" FROM ").append(table.sql()).build();
  }

  private boolean isNumeric(Field field) {
    Sql name = Sql.identifier(field.name());
    Sql query =
        new SqlBuilder()
            .text("SELECT ")
            .identifier(LINE)
            .text(", ")
            .append(name)
            .text(" FROM ")
            .append(table.sql())
            .text(" WHERE TRY_CAST(")
            .append(name)
            .text(" AS DOUBLE) IS NULL AND ")
            .append(name)
            .text(" IS NOT NULL LIMIT 1")
            .build();
    try (Rows bad = conversion.duck().query(query)) {
      if (!bad.next()) {
        return true;
      }
      if (!HtmlHeader.hasUnit(field.header())) {
        return false;
      }
      throw new PondException.Invalid(
          "'"
              + conversion.label()
              + "', line "
              + bad.longValue(0)
              + ": '"
              + ShownCell.of(bad.text(1))
              + "' in column '"
              + field.header()
              + "' is no number",
          "its header has a unit",
          "Correct the cell, or leave it empty.");
    }
  }

  @Override
  public void close() {
    rows.close();
    table.close();
  }
}
