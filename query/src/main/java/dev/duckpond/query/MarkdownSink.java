package dev.duckpond.query;

import java.io.IOException;

/** Writes a table of GitHub's Markdown. */
final class MarkdownSink implements RowSink {
  private final Appendable out;

  MarkdownSink(Appendable out) {
    this.out = out;
  }

  @Override
  public void begin(ResultRows rows) throws IOException {
    for (ResultColumn column : rows.columns()) {
      out.append("| ").append(escaped(column.name())).append(' ');
    }
    out.append("|\n");
    for (ResultColumn column : rows.columns()) {
      out.append(column.kind().isNumber() ? "| ---: " : "| --- ");
    }
    out.append("|\n");
  }

  @Override
  public void row(ResultRows rows) throws IOException {
    for (int i = 0; i < rows.columns().size(); i++) {
      String text = rows.text(i);
      out.append("| ").append(text == null ? "NULL" : escaped(text)).append(' ');
    }
    out.append("|\n");
  }

  @Override
  public void end(long rowCount) {}

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '|', '`', '*', '_', '[', ']' -> out.append('\\').append(c);
        case '<' -> out.append("&lt;");
        case '&' -> out.append("&amp;");
        case '\n' -> out.append("<br>");
        case '\r' -> {
          if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
            out.append("<br>");
          }
        }
        default -> out.append(c);
      }
    }
    return TerminalText.escaped(out.toString());
  }
}
