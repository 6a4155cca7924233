package dev.duckpond.query;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes CSV and TSV. */
final class DelimitedSink implements RowSink {
  private final Appendable out;
  private final Dialect dialect;
  private boolean isSingle;

  /** The two ways to keep delimiters out of values. */
  enum Dialect {
    /**
     * RFC 4180 with lines ended by LF: NULL is nothing, and an empty text is {@code ""}. Of a
     * single column NULL is {@code ""} too, for readers skip empty lines.
     */
    CSV(','),
    /** Backslash escapes: {@code \t \n \r \\}, and {@code \N} for NULL. */
    TSV('\t');

    private final char delimiter;

    Dialect(char delimiter) {
      this.delimiter = delimiter;
    }
  }

  DelimitedSink(Appendable out, Dialect dialect) {
    this.out = out;
    this.dialect = dialect;
  }

  @Override
  public void begin(ResultRows rows) throws IOException {
    isSingle = rows.columns().size() == 1;
    for (int i = 0; i < rows.columns().size(); i++) {
      field(i, rows.columns().get(i).name());
    }
    out.append('\n');
  }

  @Override
  public void row(ResultRows rows) throws IOException {
    for (int i = 0; i < rows.columns().size(); i++) {
      field(i, rows.text(i));
    }
    out.append('\n');
  }

  @Override
  public void end(long rowCount) {}

  private void field(int index, @Nullable String text) throws IOException {
    if (index > 0) {
      out.append(dialect.delimiter);
    }
    switch (dialect) {
      case CSV -> csv(text);
      case TSV -> tsv(text);
    }
  }

  private void csv(@Nullable String text) throws IOException {
    if (text == null) {
      out.append(isSingle ? "\"\"" : "");
      return;
    }
    if (text.isEmpty() || needsQuotes(text)) {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      out.append(text);
    }
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case ',', '"', '\n', '\r' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private void tsv(@Nullable String text) throws IOException {
    if (text == null) {
      out.append("\\N");
      return;
    }
    if (!needsEscapes(text)) {
      out.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\\' -> out.append("\\\\");
        default -> out.append(text.charAt(i));
      }
    }
  }

  private static boolean needsEscapes(String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\t', '\n', '\r', '\\' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }
}
