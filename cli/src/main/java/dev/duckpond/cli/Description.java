package dev.duckpond.cli;

import dev.duckpond.query.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code describe} tells of one thing.
 *
 * @param facts names and words for people, in order
 * @param data names and plain values for programs, in order
 * @param columns of a relation
 */
record Description(String path, List<Fact> facts, List<Fact> data, List<Column> columns) {
  /** A named fact. */
  record Fact(String name, String value) {}

  /** A column; the unit is empty when its name has none. */
  record Column(String name, String type, String unit) {}

  private static final int NAME_WIDTH = 12;

  Description {
    facts = List.copyOf(facts);
    data = List.copyOf(data);
    columns = List.copyOf(columns);
  }

  static Builder of(String path) {
    return new Builder(path);
  }

  /** Answers some lines for a person. */
  String text() {
    StringBuilder text = new StringBuilder(TerminalText.escaped(path)).append('\n');
    for (Fact fact : facts) {
      text.append(
          String.format(Locale.ROOT, "  %-" + NAME_WIDTH + "s%s%n", fact.name(), fact.value()));
    }
    if (!columns.isEmpty()) {
      text.append("  columns\n");
      int width = columns.stream().mapToInt(column -> shown(column).length()).max().orElse(0);
      for (Column column : columns) {
        String unit =
            column.unit().isEmpty() ? "" : "  [" + TerminalText.escaped(column.unit()) + "]";
        text.append(
            String.format(
                Locale.ROOT, "    %-" + width + "s  %s%s%n", shown(column), column.type(), unit));
      }
    }
    return text.toString();
  }

  private static String shown(Column column) {
    return TerminalText.escaped(column.name());
  }

  /** Answers the plain facts as rows: a fact of a column has the column's name. */
  static MemoryRows rows(List<Description> all) {
    MemoryRows rows = MemoryRows.columns("path", "fact", "column", "value");
    for (Description description : all) {
      for (Fact fact : description.data()) {
        rows.row().text(description.path()).text(fact.name()).text("").text(fact.value());
      }
      for (Column column : description.columns()) {
        rows.row().text(description.path()).text("type").text(column.name()).text(column.type());
        rows.row().text(description.path()).text("unit").text(column.name()).text(column.unit());
      }
    }
    return rows;
  }

  /** Collects. One thread only. */
  static final class Builder {
    private final String path;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Fact> data = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    private Builder(String path) {
      this.path = path;
    }

    /** Tells people. */
    void fact(String name, String value) {
      facts.add(new Fact(name, value));
    }

    /** Tells programs. */
    void datum(String name, String value) {
      data.add(new Fact(name, value));
    }

    void datum(String name, long value) {
      datum(name, Long.toString(value));
    }

    /** Tells both the same. */
    void both(String name, String value) {
      fact(name, value);
      datum(name, value);
    }

    void column(String name, String type, String unit) {
      columns.add(new Column(name, type, unit));
    }

    Description build() {
      return new Description(path, facts, data, columns);
    }
  }
}
