package dev.duckpond.cli;

import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.RowAppender;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.ResultFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rows that a command has made itself, to be printed in any format.
 *
 * <p>They go through the SQL engine as a temporary table, so that every format writes them exactly
 * as it writes the rows of a query.
 */
final class MemoryRows {
  private static final String TABLE = "command_rows";

  /** Types a column may have. */
  private enum Type {
    VARCHAR(Sql.of("VARCHAR")),
    BIGINT(Sql.of("BIGINT")),
    TIMESTAMP(Sql.of("TIMESTAMP"));

    private final Sql sql;

    Type(Sql sql) {
      this.sql = sql;
    }
  }

  private record Column(String name, Type type) {}

  private final List<Column> columns;
  private final List<Row> rows = new ArrayList<>();

  private MemoryRows(List<Column> columns) {
    this.columns = columns;
  }

  /** Makes columns; {@code name:TYPE}, or a name alone for text. */
  static MemoryRows columns(String... declarations) {
    List<Column> columns = new ArrayList<>();
    for (String declaration : declarations) {
      int colon = declaration.indexOf(':');
      columns.add(
          colon < 0
              ? new Column(declaration, Type.VARCHAR)
              : new Column(
                  declaration.substring(0, colon), Type.valueOf(declaration.substring(colon + 1))));
    }
    return new MemoryRows(columns);
  }

  /** Begins a row, whose values follow in the order of the columns. */
  Row row() {
    Row row = new Row();
    rows.add(row);
    return row;
  }

  /** Prints the rows in the format that was asked for. */
  void print(CommandContext context, OpenPond pond) {
    try (QuerySession session = pond.queryWithoutTree()) {
      print(context, session);
    }
  }

  /** Prints the rows in the format that was asked for, through an open session. */
  void print(CommandContext context, QuerySession session) {
    new ResultPrinter(context).print(session, load(session.duck()), ResultFormat.TABLE);
  }

  /** Loads the rows into a session and answers how to read them, in order. */
  Sql load(DuckSession session) {
    List<Sql> definitions =
        columns.stream()
            .map(column ->
                new SqlBuilder()
                    .identifier(column.name())
                    .text(" ")
                    .append(column.type().sql)
                    .build())
            .toList();
    session.execute(
        new SqlBuilder()
            .text("CREATE OR REPLACE TEMP TABLE ")
            .identifier(TABLE)
            .text(" (")
            .append(Sql.list(definitions, ", "))
            .text(")")
            .build());
    try (RowAppender appender = session.append(TABLE)) {
      for (Row row : rows) {
        row.appendTo(appender, columns.size());
      }
    }
    return new SqlBuilder().text("SELECT * FROM ").identifier(TABLE).build();
  }

  /** One row; values are added from left to right. */
  static final class Row {
    /** A value to append. */
    private sealed interface Value {
      record Text(Optional<String> text) implements Value {}

      record Count(OptionalLong number) implements Value {}

      record Micros(Optional<Long> micros) implements Value {}
    }

    private final List<Value> values = new ArrayList<>();

    Row text(String text) {
      return text(Optional.of(text));
    }

    Row text(Optional<String> text) {
      values.add(new Value.Text(text));
      return this;
    }

    Row number(long number) {
      return number(OptionalLong.of(number));
    }

    Row number(OptionalLong number) {
      values.add(new Value.Count(number));
      return this;
    }

    Row number(Optional<Long> number) {
      return number(number.map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    Row time(Instant instant) {
      return time(Optional.of(instant));
    }

    Row time(Optional<Instant> instant) {
      return micros(instant.map(at -> ChronoUnit.MICROS.between(Instant.EPOCH, at)));
    }

    Row micros(Optional<Long> micros) {
      values.add(new Value.Micros(micros));
      return this;
    }

    private void appendTo(RowAppender appender, int width) {
      if (values.size() != width) {
        throw new IllegalStateException(values.size() + " values for " + width + " columns");
      }
      for (Value value : values) {
        switch (value) {
          case Value.Text text -> appender.append(text.text().orElse(null));
          case Value.Count number ->
              appender.appendNullable(
                  number.number().isPresent() ? number.number().getAsLong() : null);
          case Value.Micros time -> {
            if (time.micros().isPresent()) {
              appender.appendMicros(time.micros().get());
            } else {
              appender.appendNull();
            }
          }
        }
      }
      appender.endRow();
    }
  }
}
