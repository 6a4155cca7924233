package dev.duckpond.formats;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Rows;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A directory with an engine, in which tests convert what they write. */
final class Workshop implements AutoCloseable {
  private final Path directory;
  private final DuckSession duck;
  private Converted last = new Converted(0, new Rejected(0, 0, List.of()));

  Workshop(Path directory) {
    this.directory = directory;
    this.duck =
        DuckSession.open(
            DuckOptions.builder(directory.resolve("spill"))
                .threads(2)
                .allowDirectory(directory)
                .build());
  }

  DuckSession duck() {
    return duck;
  }

  Path file(String name, byte[] bytes) {
    try {
      return Files.write(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path target() {
    return directory.resolve("out.parquet");
  }

  /** Converts text and answers its rows: the names first, then values joined by a bar. */
  List<String> rows(TextFormat format, Map<String, String> options, String... lines) {
    return rows(format, options, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  List<String> rows(TextFormat format, Map<String, String> options, byte[] bytes) {
    return rows(format, Packing.NONE, options, bytes);
  }

  List<String> rows(TextFormat format, Packing packing, Map<String, String> options, byte[] bytes) {
    return rows(format, packing, options, file("in.txt", bytes));
  }

  List<String> rows(TextFormat format, Packing packing, Map<String, String> options, Path file) {
    last =
        new FormatConverter(duck)
            .convert(
                file,
                file.getFileName().toString(),
                format,
                packing,
                ConversionOptions.of(options),
                target());
    List<String> all = new ArrayList<>();
    all.add(
        String.join(
            "|",
            duck.readParquetSchema(target()).columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList()));
    Sql query =
        new SqlBuilder()
            .text("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(")
            .literal(target().toString())
            .text(")")
            .build();
    try (Rows found = duck.query(query)) {
      int columns = found.columns().size();
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
          cells.add(found.isNull(i) ? "NULL" : found.text(i));
        }
        all.add(String.join("|", cells));
      }
    }
    return all;
  }

  Converted last() {
    return last;
  }

  @Override
  public void close() {
    duck.close();
  }
}
