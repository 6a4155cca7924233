package dev.duckpond.duckdb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Functions of other SQL dialects that the engine does not know, or takes to mean something else,
 * as macros of the session. One is made when the first query names it.
 *
 * <p>The table in {@code docs/guide/sql.md} lists them; a test compares.
 */
final class DialectMacros {
  /**
   * A function.
   *
   * @param signatures how it is called, for people
   * @param meaning what it answers, for people
   * @param definition what comes after {@code CREATE MACRO name}
   */
  record Macro(String signatures, String meaning, Sql definition) {}

  private static final int MAX_LIST_ARGUMENTS = 16;

  private static final Sql PARTS =
      Sql.of(
          "(x, d, n) AS CASE WHEN x IS NULL OR d IS NULL OR n IS NULL THEN NULL WHEN n = 0 OR d = ''"
              + " THEN '' WHEN n > 0 THEN array_to_string(string_split(x, d)[1:n], d)"
              + " ELSE array_to_string(string_split(x, d)[n:], d) END");

  private static final Map<String, Macro> MACROS = new LinkedHashMap<>();

  static {
    add(
        "date_bin",
        "date_bin(interval, time[, origin])",
        "the beginning of the interval that the time lies in, counted from the origin (1970)",
        Sql.of(
            "(width, moment) AS time_bucket(CAST(width AS INTERVAL), CAST(moment AS TIMESTAMP),"
                + " TIMESTAMP '1970-01-01'), (width, moment, origin) AS time_bucket(CAST(width AS"
                + " INTERVAL), CAST(moment AS TIMESTAMP), CAST(origin AS TIMESTAMP))"));
    add(
        "to_timestamp",
        "to_timestamp(x)",
        "of numbers: seconds since 1970; of text: the instant, UTC when it names no zone",
        Sql.of(
            "(x VARCHAR) AS CAST(CAST(x AS TIMESTAMPTZ) AS TIMESTAMP), (x TIMESTAMP) AS x,"
                + " (x TIMESTAMPTZ) AS CAST(x AS TIMESTAMP), (x DATE) AS CAST(x AS TIMESTAMP),"
                + " (x BIGINT) AS make_timestamp(x * 1000000),"
                + " (x DOUBLE) AS CAST(system.main.to_timestamp(x) AS TIMESTAMP)"));
    add(
        "to_timestamp_seconds",
        "to_timestamp_seconds(x)",
        "the time of seconds since 1970, or of text",
        Sql.of(
            "(x BIGINT) AS make_timestamp(x * 1000000), (x DOUBLE) AS"
                + " CAST(system.main.to_timestamp(x) AS TIMESTAMP), (x TIMESTAMP) AS"
                + " date_trunc('second', x), (x VARCHAR) AS date_trunc('second', CAST(CAST(x AS"
                + " TIMESTAMPTZ) AS TIMESTAMP))"));
    add(
        "to_timestamp_millis",
        "to_timestamp_millis(x)",
        "the time of milliseconds since 1970, or of text",
        Sql.of(
            "(x BIGINT) AS make_timestamp(x * 1000), (x TIMESTAMP) AS date_trunc('millisecond',"
                + " x), (x VARCHAR) AS date_trunc('millisecond', CAST(CAST(x AS TIMESTAMPTZ) AS"
                + " TIMESTAMP))"));
    add(
        "to_timestamp_micros",
        "to_timestamp_micros(x)",
        "the time of microseconds since 1970, or of text",
        Sql.of(
            "(x BIGINT) AS make_timestamp(x), (x TIMESTAMP) AS x,"
                + " (x VARCHAR) AS CAST(CAST(x AS TIMESTAMPTZ) AS TIMESTAMP)"));
    add(
        "to_timestamp_nanos",
        "to_timestamp_nanos(x)",
        "the time of nanoseconds since 1970, to the microsecond, or of text",
        Sql.of(
            "(x BIGINT) AS make_timestamp(CAST(floor(x / 1000::DECIMAL(38, 3)) AS BIGINT)),"
                + " (x TIMESTAMP) AS x, (x VARCHAR) AS CAST(CAST(x AS TIMESTAMPTZ) AS TIMESTAMP)"));
    add(
        "from_unixtime",
        "from_unixtime(seconds)",
        "the time of seconds since 1970",
        Sql.of("(x) AS make_timestamp(CAST(x AS BIGINT) * 1000000)"));
    add(
        "to_unixtime",
        "to_unixtime(time)",
        "the whole seconds since 1970 of a time, or of text",
        Sql.of(
            "(x VARCHAR) AS epoch_ms(CAST(x AS TIMESTAMPTZ)) // 1000,"
                + " (x TIMESTAMP) AS epoch_ms(x) // 1000"));
    add(
        "to_char",
        "to_char(time, format)",
        "the time as text, in a format of strftime: '%Y-%m-%d'",
        Sql.of("(moment, form) AS strftime(moment, form)"));
    add(
        "date_format",
        "date_format(time, format)",
        "the same as to_char",
        Sql.of("(moment, form) AS strftime(moment, form)"));
    add("to_date", "to_date(x)", "the day of a time or of text", Sql.of("(x) AS CAST(x AS DATE)"));
    add(
        "approx_percentile_cont",
        "approx_percentile_cont(x, p[, centroids])",
        "about the value below which the share p of the values lies",
        Sql.of("(x, p) AS approx_quantile(x, p), (x, p, centroids) AS approx_quantile(x, p)"));
    add(
        "approx_median",
        "approx_median(x)",
        "about the middle value",
        Sql.of("(x) AS approx_quantile(x, 0.5)"));
    add(
        "approx_distinct",
        "approx_distinct(x)",
        "about how many different values there are",
        Sql.of("(x) AS approx_count_distinct(x)"));
    add("var", "var(x)", "the sample variance", Sql.of("(x) AS var_samp(x)"));
    add(
        "var_population",
        "var_population(x)",
        "the population variance",
        Sql.of("(x) AS var_pop(x)"));
    add("covar", "covar(x, y)", "the sample covariance", Sql.of("(x, y) AS covar_samp(y, x)"));
    add("nvl", "nvl(a, b)", "a, or b where a is NULL", Sql.of("(a, b) AS coalesce(a, b)"));
    add(
        "nvl2",
        "nvl2(a, b, c)",
        "c where a is NULL, else b",
        Sql.of("(a, b, c) AS CASE WHEN a IS NULL THEN c ELSE b END"));
    add(
        "nanvl",
        "nanvl(a, b)",
        "a, or b where a is NaN",
        Sql.of("(a, b) AS CASE WHEN isnan(CAST(a AS DOUBLE)) THEN b ELSE a END"));
    add("iszero", "iszero(x)", "whether x is 0", Sql.of("(x) AS x = 0"));
    add("signum", "signum(x)", "-1, 0 or 1", Sql.of("(x) AS sign(x)"));
    add(
        "btrim",
        "btrim(text[, characters])",
        "the text without blanks, or those characters, at its ends",
        Sql.of("(x) AS trim(x), (x, c) AS trim(x, c)"));
    add(
        "regexp_like",
        "regexp_like(text, pattern)",
        "whether the pattern matches somewhere in the text",
        Sql.of("(x, p) AS regexp_matches(x, p), (x, p, f) AS regexp_matches(x, p, f)"));
    add(
        "regexp_count",
        "regexp_count(text, pattern)",
        "how often the pattern matches",
        Sql.of("(x, p) AS len(regexp_extract_all(x, p))"));
    add(
        "array_element",
        "array_element(list, n)",
        "the n-th element, from 1",
        Sql.of("(l, n) AS list_extract(l, n)"));
    add("array_max", "array_max(list)", "the largest element", Sql.of("(l) AS list_max(l)"));
    add("array_min", "array_min(list)", "the smallest element", Sql.of("(l) AS list_min(l)"));
    add("list_length", "list_length(list)", "the number of elements", Sql.of("(l) AS len(l)"));
    add("make_array", "make_array(a, b, …)", "a list, of up to 16 elements", lists());
    add(
        "array_repeat",
        "array_repeat(x, n)",
        "a list of n times x",
        Sql.of("(x, n) AS list_transform(range(n), lambda i: x)"));
    add(
        "array_empty",
        "array_empty(list)",
        "whether it has no element",
        Sql.of("(l) AS len(l) = 0"));
    add("empty", "empty(list)", "the same as array_empty", Sql.of("(l) AS len(l) = 0"));
    add(
        "arrays_overlap",
        "arrays_overlap(a, b)",
        "whether two lists have an element in common",
        Sql.of("(a, b) AS list_has_any(a, b)"));
    add(
        "string_to_list",
        "string_to_list(text, delimiter)",
        "the parts of a text",
        Sql.of("(x, d) AS string_split(x, d)"));
    add(
        "substr_index",
        "substr_index(text, delimiter, n)",
        "what is before the n-th delimiter; of a negative n, what is behind it from the end",
        PARTS);
    add(
        "substring_index",
        "substring_index(text, delimiter, n)",
        "the same as substr_index",
        PARTS);
    add(
        "find_in_set",
        "find_in_set(text, list)",
        "the place of a text in a list with commas, from 1; 0 when it is not there",
        Sql.of(
            "(x, l) AS CASE WHEN x IS NOT NULL AND l IS NOT NULL THEN"
                + " coalesce(list_position(string_split(l, ','), x), 0) END"));
    add(
        "get_field",
        "get_field(struct, name)",
        "one of the values of a struct",
        Sql.of("(x, n) AS struct_extract(x, n)"));
    add(
        "arrow_typeof",
        "arrow_typeof(x)",
        "the name of the type, as Arrow calls the common ones",
        Sql.of(
            "(x) AS CASE typeof(x) WHEN 'BOOLEAN' THEN 'Boolean' WHEN 'TINYINT' THEN 'Int8' WHEN"
                + " 'SMALLINT' THEN 'Int16' WHEN 'INTEGER' THEN 'Int32' WHEN 'BIGINT' THEN 'Int64'"
                + " WHEN 'UTINYINT' THEN 'UInt8' WHEN 'USMALLINT' THEN 'UInt16' WHEN 'UINTEGER'"
                + " THEN 'UInt32' WHEN 'UBIGINT' THEN 'UInt64' WHEN 'FLOAT' THEN 'Float32' WHEN"
                + " 'DOUBLE' THEN 'Float64' WHEN 'VARCHAR' THEN 'Utf8' WHEN 'BLOB' THEN 'Binary'"
                + " WHEN 'DATE' THEN 'Date32' WHEN 'TIMESTAMP' THEN 'Timestamp(Microsecond,"
                + " None)' WHEN 'TIMESTAMP WITH TIME ZONE' THEN 'Timestamp(Microsecond,"
                + " Some(\"UTC\"))' ELSE typeof(x) END"));
  }

  private final Set<String> made = new HashSet<>();

  private static void add(String name, String signatures, String meaning, Sql definition) {
    MACROS.put(name, new Macro(signatures, meaning, definition));
  }

  /** A macro has a definition for each number of arguments. */
  private static Sql lists() {
    List<Sql> definitions = new ArrayList<>();
    List<Sql> arguments = new ArrayList<>();
    for (int i = 0; i <= MAX_LIST_ARGUMENTS; i++) {
      Sql list = Sql.list(arguments, ", ");
      definitions.add(Sql.of("(").plus(list).plus(") AS [").plus(list).plus("]"));
      arguments.add(Sql.identifier("x" + i));
    }
    return Sql.list(definitions, ", ");
  }

  /** Writes the rows of the guide's table. */
  static List<String> tableRows() {
    List<String> rows = new ArrayList<>();
    MACROS
        .values()
        .forEach(macro -> rows.add("| `" + macro.signatures() + "` | " + macro.meaning() + " |"));
    return rows;
  }

  /** Makes those of some functions that are in the table and were not made yet. */
  void require(DuckSession session, Collection<String> functions) {
    for (String function : functions) {
      String name = function.toLowerCase(Locale.ROOT);
      Macro macro = MACROS.get(name);
      if (macro != null && made.add(name)) {
        session.execute(
            new SqlBuilder()
                .text("CREATE OR REPLACE MACRO ")
                .identifier(name)
                .append(macro.definition())
                .build());
      }
    }
  }
}
