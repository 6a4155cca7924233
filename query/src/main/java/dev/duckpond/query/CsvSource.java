package dev.duckpond.query;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckException;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.PondUrl.Compression;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the {@code read_csv(…)} of some files of one dialect.
 *
 * <p>The engine would guess the dialect, and leave out lines that do not fit its guess. So the
 * dialect is settled here: RFC 4180, the first line names the columns, unless options say
 * otherwise, and the delimiter is that of {@link CsvDelimiter}. Only the types are left to the
 * engine, which looks at every line.
 */
final class CsvSource {
  private final DuckSession duck;
  private final Sql files;
  private final Compression compression;
  private final Map<String, String> options;
  private final String label;
  private final Map<String, String> types;

  /**
   * Prepares to read files.
   *
   * @param files the first argument of the table function
   * @param label what errors call them
   * @param types columns whose types are known already
   */
  CsvSource(
      DuckSession duck,
      Sql files,
      Compression compression,
      Map<String, String> options,
      String label,
      Map<String, String> types) {
    this.types = types;
    this.duck = duck;
    this.files = files;
    this.compression = compression;
    this.options = options;
    this.label = label;
  }

  /**
   * Answers what stands after FROM.
   *
   * @throws PondException.Invalid naming the line where the files are not CSV of one dialect
   */
  Sql source() {
    String first = requireFirstLine();
    char delimiter = CsvDelimiter.of(first, options);
    try {
      Sql source = typed(delimiter, types);
      List<Column> columns = duck.columns(Sql.of("FROM ").plus(source));
      return DigitTimes.find(columns, options)
          .filter(times -> !types.containsKey(times.column()))
          .flatMap(times -> times.read(duck, typed(delimiter, times.asText(types))))
          .orElse(source);
    } catch (DuckException e) {
      throw wrongLine(delimiter, CsvDelimiter.fields(first, delimiter, options)).orElse(e);
    }
  }

  private Sql typed(char delimiter, Map<String, String> known) {
    return call(delimiter)
        .append(ReadOptions.csvTypes(options))
        .append(list(known))
        .text(", sample_size = -1, union_by_name = true)")
        .build();
  }

  /** Answers the same with each column as text, for files whose lines have been looked at. */
  Sql texts() {
    return call(CsvDelimiter.of(requireFirstLine(), options))
        .append(ReadOptions.csvTypes(options))
        .text(", all_varchar = true, union_by_name = true)")
        .build();
  }

  private String requireFirstLine() {
    return firstLine()
        .orElseThrow(() ->
            new PondException.Invalid(
                "'" + label + "' is empty",
                "it has not even a line of names",
                "Get it again from where it came from, or leave it out."));
  }

  private static Sql list(Map<String, String> types) {
    if (types.isEmpty()) {
      return Sql.of("");
    }
    List<Sql> all = new ArrayList<>();
    types.forEach((name, type) -> all.add(Sql.literal(name).plus(": ").plus(Sql.literal(type))));
    return Sql.of(", types = {").plus(Sql.list(all, ", ")).plus("}");
  }

  /** The dialect, without types and without the closing parenthesis. */
  private SqlBuilder call(char delimiter) {
    SqlBuilder sql =
        new SqlBuilder()
            .text("read_csv(")
            .append(files)
            .text(", hive_partitioning = false, null_padding = false, strict_mode = true")
            .text(", compression = ")
            .literal(compression.word())
            .text(", delim = ")
            .literal(String.valueOf(delimiter));
    return sql.append(ReadOptions.csvDialect(options));
  }

  /** Reads a line as one field, through the engine, which knows compressions and encodings. */
  private Optional<String> firstLine() {
    Sql query =
        new SqlBuilder()
            .text("SELECT line FROM read_csv(")
            .append(files)
            .text(", auto_detect = false, columns = {'line': 'VARCHAR'}, delim = chr(1)")
            .text(", quote = '', escape = '', header = false, hive_partitioning = false")
            // A quoted value may hold line ends of another kind.
            .text(", strict_mode = false, compression = ")
            .literal(compression.word())
            .append(ReadOptions.csvLines(options))
            .text(") WHERE line IS NOT NULL LIMIT 1")
            .build();
    try (Rows rows = duck.query(query)) {
      return rows.next() ? Optional.of(rows.text(0)) : Optional.empty();
    }
  }

  /** Reads everything as text once more: this reader names the line, the guessing one does not. */
  private Optional<DuckException> wrongLine(char delimiter, int fields) {
    List<Sql> columns = new ArrayList<>();
    for (int i = 0; i < fields; i++) {
      columns.add(Sql.identifier("c" + i).plus(": 'VARCHAR'"));
    }
    Sql query =
        new SqlBuilder()
            .text("SELECT count(COLUMNS(*)) FROM ")
            .append(call(delimiter).build())
            .text(", auto_detect = false, columns = {")
            .append(Sql.list(columns, ", "))
            .text("})")
            .build();
    try (Rows rows = duck.query(query)) {
      rows.next();
      return Optional.empty();
    } catch (DuckException e) {
      return Optional.of(e);
    }
  }
}
