package dev.duckpond.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a table for people: a row of names, a row of types, a line, the rows, a summary.
 *
 * <p>The first rows are held back to find the widths; rows after them keep these widths, and a cell
 * that is longer moves the rest of its line.
 */
final class TableSink implements RowSink {
  /** How many rows are held back. */
  static final int WIDTH_ROWS = 1_000;

  private final Appendable out;
  private final List<List<String>> held = new ArrayList<>();
  private List<ResultColumn> columns = List.of();
  private int[] widths = {};
  private boolean isFlowing;

  TableSink(Appendable out) {
    this.out = out;
  }

  @Override
  public void begin(ResultRows rows) {
    columns = rows.columns();
    widths = new int[columns.size()];
    hold(columns.stream().map(column -> TerminalText.escaped(column.name())).toList());
    hold(columns.stream().map(column -> TerminalText.escaped(column.type())).toList());
  }

  @Override
  public void row(ResultRows rows) throws IOException {
    List<String> cells = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String text = rows.text(i);
      cells.add(text == null ? "NULL" : TerminalText.escaped(text));
    }
    if (isFlowing) {
      line(cells);
      return;
    }
    hold(cells);
    if (held.size() >= WIDTH_ROWS) {
      flush();
    }
  }

  @Override
  public void end(long rowCount) throws IOException {
    flush();
    out.append("\nSummary: ").append(Long.toString(rowCount)).append(" total rows\n");
  }

  private void hold(List<String> cells) {
    held.add(cells);
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(cells.get(i)));
    }
  }

  private void flush() throws IOException {
    if (isFlowing) {
      return;
    }
    isFlowing = true;
    for (int row = 0; row < held.size(); row++) {
      line(held.get(row));
      if (row == 1) {
        rule();
      }
    }
    held.clear();
  }

  private void line(List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - width(cell)));
      boolean isRight = columns.get(i).kind().isNumber();
      out.append(i == 0 ? " " : " | ").append(isRight ? padding : "").append(cell);
      if (!isRight && i < cells.size() - 1) {
        out.append(padding);
      }
    }
    out.append('\n');
  }

  private void rule() throws IOException {
    for (int i = 0; i < widths.length; i++) {
      out.append(i == 0 ? "-" : "-+-").append("-".repeat(widths[i]));
    }
    out.append("-\n");
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
