package dev.duckpond.cli;

import dev.duckpond.duckdb.Column;
import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.duckdb.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Works out what the harbour's chain must give, in plain SQL over the files and without anything of
 * the pond: pages are taken apart with regular expressions, scopes are joined with FULL JOIN, and
 * hours are found with the engine's own calendar.
 *
 * <p>Each relation is a table: {@code site:Silver}, {@code param:DO}, {@code site:Silver:2h}; the
 * time is called {@code timestamp}.
 */
final class NoyoOracle implements AutoCloseable {
  static final List<String> SITES = List.of("BDock", "FieldStation", "Princess", "Silver");
  static final List<String> PARAMETERS = List.of("DO", "Depth", "Salinity", "Temperature");
  static final List<Integer> HOURS = List.of(1, 2, 4, 12, 24);

  private static final String VULINK_CHANGE = "2024-05-30 00:00:00";
  private static final String MOVE = "2025-10-16 21:00:00";

  private static final Pattern HEADER =
      Pattern.compile("isi-data-column-header=\"Parameter\"[^>]*>([^<]*) \\(([^<]*)\\)</td>");
  private static final Pattern ROW =
      Pattern.compile("<tr class=\"data\"[^>]*isi-hv-timestamp=\"(\\d+)\">(.*?)</tr>");
  private static final Pattern CELL = Pattern.compile("<td[^>]*>([^<]*)</td>");

  private final DuckSession duck;
  private final Path noyo;
  private final Path directory;

  /**
   * Works everything out.
   *
   * @param noyo the harbour's files
   * @param work holds what is compared; scratch files go to {@code oracle} in it
   */
  NoyoOracle(Path noyo, Path work) throws IOException {
    this.noyo = noyo;
    this.directory = Files.createDirectories(work.resolve("oracle"));
    this.duck =
        DuckSession.open(
            DuckOptions.builder(directory.resolve("spill"))
                .allowDirectory(work)
                .allowDirectory(noyo)
                .build());
    for (String device :
        List.of("Vulink_1", "Vulink_2", "Vulink_3", "Vulink_4", "AT500_1", "AT500_2", "AT500_3")) {
      table(
          device,
          "SELECT make_timestamp(timestamp * 1000000) AS timestamp, * EXCLUDE (timestamp) FROM read_parquet('"
              + only("hydrovu", "NoyoCenter" + device + "_")
              + "')");
    }
    for (String page : List.of("FB-Bottom-664623", "FB-Bottom-817738", "FB-Surface", "FB-VuLink")) {
      pages(page);
    }
    sites();
    parameters();
    for (int hours : HOURS) {
      SITES.forEach(site -> reduced("site:" + site, hours));
      PARAMETERS.forEach(parameter -> reduced("param:" + parameter, hours));
    }
  }

  DuckSession duck() {
    return duck;
  }

  long rows(String table) {
    return number("SELECT count(*) FROM \"" + table + "\"");
  }

  long number(String query) {
    return duck.list(duck.requireSelect(query), rows -> rows.longValue(0)).getFirst();
  }

  /** Makes the rows of a Parquet file a table. */
  void load(String table, Path parquet) {
    table(table, "SELECT * FROM '" + parquet + "'");
  }

  /**
   * Lists how a table differs from the expected one: columns, rows, values. Averages may differ by
   * 1e-12 of the largest value they were made of, which may be far from an average near zero;
   * nothing else may differ.
   */
  List<String> differences(String expected, String found) {
    List<String> all = new ArrayList<>();
    if (!columns(found).equals(columns(expected))) {
      all.add("columns " + columns(found) + " instead of " + columns(expected));
      return all;
    }
    if (rows(expected) != rows(found)) {
      all.add(rows(found) + " rows instead of " + rows(expected));
    }
    String joined =
        " FROM \"%s\" e FULL JOIN \"%s\" f ON e.timestamp = f.timestamp".formatted(expected, found);
    long alone =
        number("SELECT count(*)" + joined + " WHERE e.timestamp IS NULL OR f.timestamp IS NULL");
    if (alone > 0) {
      all.add(alone + " instants are in one of both alone");
    }
    for (String column : columns(expected)) {
      String e = "e.\"" + column + "\"";
      String f = "f.\"" + column + "\"";
      String differ = e + " IS DISTINCT FROM " + f;
      if (column.endsWith(".avg")) {
        differ +=
            " AND NOT coalesce(abs(%1$s - %2$s) <= 1e-12 * greatest(abs(%3$s), abs(%4$s)), false)"
                .formatted(e, f, e.replace(".avg\"", ".min\""), e.replace(".avg\"", ".max\""));
      }
      long count = number("SELECT count(*)" + joined + " WHERE " + differ);
      if (count > 0) {
        all.add(count + " values of " + column);
      }
    }
    return all;
  }

  private Set<String> columns(String table) {
    return duck.columns(duck.requireSelect("SELECT * FROM \"" + table + "\"")).stream()
        .map(Column::name)
        .collect(Collectors.toSet());
  }

  private List<String> values(String table) {
    return duck.columns(duck.requireSelect("SELECT * FROM \"" + table + "\"")).stream()
        .map(Column::name)
        .filter(name -> !name.equals("timestamp"))
        .toList();
  }

  private void table(String name, String query) {
    duck.execute(
        Sql.of("CREATE OR REPLACE TEMP TABLE ")
            .plus(Sql.identifier(name))
            .plus(" AS ")
            .plus(duck.requireSelect(query)));
  }

  private Path only(String folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(noyo.resolve(folder))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Both pages of an instrument, with columns {@code Name.unit}; they overlap by some hours. */
  private void pages(String name) throws IOException {
    List<String> parts = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    try (Stream<Path> files = Files.list(noyo.resolve("laketech-html"))) {
      for (Path page : files.filter(file -> file.toString().contains(name)).sorted().toList()) {
        String text = Files.readString(page);
        List<String> headers =
            HEADER.matcher(text).results().map(h -> h.group(1) + "." + h.group(2)).toList();
        if (headers.isEmpty()) {
          continue;
        }
        columns.addAll(headers);
        StringBuilder csv = new StringBuilder("millis|").append(String.join("|", headers));
        for (MatchResult row : ROW.matcher(text).results().toList()) {
          csv.append('\n').append(row.group(1));
          CELL.matcher(row.group(2))
              .results()
              .skip(1)
              .forEach(c -> csv.append('|').append(c.group(1)));
        }
        Path file = directory.resolve("page-" + parts.size() + name + ".csv");
        Files.writeString(file, csv);
        parts.add(
            "SELECT make_timestamp(millis * 1000) AS timestamp, * EXCLUDE (millis) FROM read_csv('"
                + file
                + "', delim = '|', header = true, types = {'millis': 'BIGINT'})");
      }
    }
    String united = String.join(" UNION ALL BY NAME ", parts);
    table(
        name,
        "SELECT timestamp" + each(columns, "max(\"%1$s\")") + " FROM (" + united + ") GROUP BY 1");
  }

  /** A list of columns, each of an expression over a column and named as it. */
  private static String each(Iterable<String> columns, String expression) {
    StringBuilder list = new StringBuilder();
    for (String column : columns) {
      list.append(", ")
          .append(expression.formatted(column))
          .append(" AS \"")
          .append(column)
          .append('"');
    }
    return list.toString();
  }

  private void sites() {
    scope(
        "Silver/Vulink",
        "FROM Vulink_2 WHERE timestamp < '" + VULINK_CHANGE + "'",
        "FROM Vulink_3 WHERE timestamp >= '" + VULINK_CHANGE + "'");
    scope("Silver/AT500_Surface", "FROM AT500_2");
    String before = " WHERE timestamp < '" + MOVE + "'";
    String after = " WHERE timestamp >= '" + MOVE + "'";
    scope("BDock/Vulink", "FROM Vulink_1" + before);
    scope("BDock/AT500_Surface", "FROM AT500_1" + before);
    scope("Princess/Vulink", "FROM Vulink_4" + before);
    scope("Princess/AT500_Surface", "FROM AT500_3" + before);
    scope("FieldStation/Vulink1", "FROM Vulink_1" + after);
    scope("FieldStation/Vulink2", "FROM Vulink_4" + after);
    scope("FieldStation/AT500_Vulink", "FROM \"FB-VuLink\"" + before);
    scope("FieldStation/AT500_Surface", "FROM AT500_1" + after, "FROM \"FB-Surface\"" + before);
    // One probe was changed for another for some weeks, whose readings count.
    Set<String> both = new LinkedHashSet<>(values("FB-Bottom-664623"));
    both.addAll(values("FB-Bottom-817738"));
    table(
        "empty",
        "SELECT * FROM (FROM \"FB-Bottom-664623\" UNION ALL BY NAME FROM \"FB-Bottom-817738\") LIMIT 0");
    table(
        "bottom",
        "SELECT coalesce(a.timestamp, b.timestamp) AS timestamp"
            + each(both, "coalesce(b.\"%1$s\", a.\"%1$s\")")
            + " FROM (FROM empty UNION ALL BY NAME FROM \"FB-Bottom-664623\") a FULL JOIN"
            + " (FROM empty UNION ALL BY NAME FROM \"FB-Bottom-817738\") b"
            + " ON a.timestamp = b.timestamp");
    scope("FieldStation/AT500_Bottom", "FROM AT500_3" + after, "FROM bottom" + before);
    site("Silver", "Vulink", "AT500_Surface");
    site("BDock", "Vulink", "AT500_Surface");
    site("Princess", "Vulink", "AT500_Surface");
    site("FieldStation", "Vulink1", "AT500_Surface", "Vulink2", "AT500_Bottom", "AT500_Vulink");
  }

  private void scope(String name, String... parts) {
    table(name, "FROM (" + String.join(" UNION ALL BY NAME ", parts) + ")");
  }

  private void site(String site, String... scopes) {
    StringBuilder select = new StringBuilder("SELECT timestamp");
    StringBuilder from = new StringBuilder();
    for (String scope : scopes) {
      String table = site + "/" + scope;
      for (String column : values(table)) {
        select.append(", \"%s\".\"%s\" AS \"%s.%s\"".formatted(table, column, scope, column));
      }
      from.append(
          from.isEmpty()
              ? " FROM \"%s\"".formatted(table)
              : " FULL JOIN \"%s\" USING (timestamp)".formatted(table));
    }
    table("site:" + site, select.append(from).toString());
  }

  private void parameters() {
    parameter("DO", "DO.mg/L");
    parameter("Salinity", "Salinity.psu");
    parameter("Temperature", "Temperature.C");
    parameter("Depth", "Depth.m");
  }

  private void parameter(String name, String column) {
    StringBuilder select = new StringBuilder("SELECT timestamp");
    StringBuilder from = new StringBuilder();
    for (String site : SITES) {
      String table = "site:" + site;
      for (String scope : List.of("AT500_Surface", "AT500_Bottom")) {
        String wanted = scope + "." + column;
        String value =
            values(table).contains(wanted)
                ? "\"%s\".\"%s\"".formatted(table, wanted)
                : "NULL::DOUBLE";
        select.append(", %s AS \"%s.%s\"".formatted(value, site, wanted));
      }
      from.append(
          from.isEmpty()
              ? " FROM \"%s\"".formatted(table)
              : " FULL JOIN \"%s\" USING (timestamp)".formatted(table));
    }
    table("param:" + name, select.append(from).toString());
  }

  private void reduced(String source, int hours) {
    StringBuilder select =
        new StringBuilder(
                "SELECT time_bucket(INTERVAL %d HOURS, timestamp, TIMESTAMP '1970-01-01')"
                    .formatted(hours))
            .append(" AS bucket");
    for (String aggregate : List.of("avg", "min", "max")) {
      for (String column : values(source)) {
        select.append(", %1$s(\"%2$s\") AS \"%2$s.%1$s\"".formatted(aggregate, column));
      }
    }
    String query = select + " FROM \"" + source + "\" GROUP BY 1";
    table(
        source + ":" + hours + "h",
        "SELECT bucket AS timestamp, * EXCLUDE (bucket) FROM (" + query + ")");
  }

  @Override
  public void close() {
    duck.close();
  }
}
