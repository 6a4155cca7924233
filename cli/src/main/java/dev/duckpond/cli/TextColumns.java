package dev.duckpond.cli;

import java.util.ArrayList;
import java.util.List;

/** Lays cells out in columns for people: two spaces between, nothing at the end of a line. */
final class TextColumns {
  private TextColumns() {}

  /** Answers a line for each row; all rows have the same number of cells. */
  static List<String> align(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    int[] widths = widths(rows);
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).repeat(' ', widths[column] - width(cell) + 2);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.isEmpty() ? 0 : rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    return widths;
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
