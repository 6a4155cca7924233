package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.PondUrl.Format;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The options that URLs may give to the readers of formats. */
final class ReadOptions {
  private static final List<String> TIME = List.of("time_column", "time_unit");

  /** Options that the engine's CSV reader takes as text, under the same name. */
  private static final List<String> CSV_TEXTS =
      List.of(
          "delim",
          "quote",
          "escape",
          "nullstr",
          "comment",
          "timestampformat",
          "dateformat",
          "decimal_separator",
          "encoding");

  private static final Set<String> ENCODINGS = Set.of("utf-8", "utf-16", "latin-1");
  private static final String HEADER = "header";
  private static final String SKIP = "skip";

  private ReadOptions() {}

  /** Lists the options of a format. */
  static List<String> names(Format format) {
    return switch (format) {
      case FILE, DATA -> List.of();
      case TABLE, SERIES, NDJSON, PARQUET -> TIME;
      case CSV -> {
        List<String> names = new ArrayList<>(CSV_TEXTS);
        names.add(HEADER);
        names.add(SKIP);
        names.addAll(TIME);
        yield names;
      }
    };
  }

  /**
   * Checks the values of options.
   *
   * @throws PondException.Usage naming the first that cannot be
   */
  static void check(Map<String, String> options) {
    options.forEach((name, value) -> {
      switch (name) {
        case HEADER -> flag(value);
        case SKIP -> number(value);
        case "encoding" -> requireOneOf(name, value, ENCODINGS);
        case "time_unit" -> TimeHints.requireUnit(value);
        default -> {
          if (value.indexOf('\0') >= 0) {
            throw new PondException.Usage("the option '" + name + "' holds NUL", "", "");
          }
        }
      }
    });
  }

  /** Answers the options of the engine's CSV reader, each with a comma before it. */
  static Sql csv(Map<String, String> options) {
    SqlBuilder sql = new SqlBuilder();
    for (Map.Entry<String, String> option : options.entrySet()) {
      String name = option.getKey();
      if (CSV_TEXTS.contains(name)) {
        sql.text(", ").identifier(name).text(" = ").literal(unescaped(option.getValue()));
      } else if (name.equals(HEADER)) {
        sql.text(", header = ").literal(flag(option.getValue()));
      } else if (name.equals(SKIP)) {
        sql.text(", skip = ").literal(number(option.getValue()));
      }
    }
    return sql.build();
  }

  /** A tab can be written as on every command line. */
  private static String unescaped(String value) {
    return value.equals("\\t") ? "\t" : value;
  }

  private static boolean flag(String value) {
    requireOneOf(HEADER, value.toLowerCase(Locale.ROOT), Set.of("true", "false"));
    return value.equalsIgnoreCase("true");
  }

  private static long number(String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new PondException.Usage(
        "the option 'skip' is a number of lines, not '" + value + "'", "", "");
  }

  private static void requireOneOf(String name, String value, Set<String> known) {
    if (!known.contains(value)) {
      throw new PondException.Usage(
          "the option '" + name + "' cannot be '" + value + "'",
          "",
          "Use one of " + String.join(", ", known.stream().sorted().toList()) + ".");
    }
  }
}
