package dev.duckpond.query;

import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.formats.ConversionOptions;
import dev.duckpond.query.PondUrl.Format;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The options that URLs may give to the readers of formats. */
final class ReadOptions {
  private static final List<String> TIME = List.of("time_column", "time_unit");

  /** How lines are told apart; the engine's CSV reader has the same names. */
  private static final List<String> CSV_LINES = List.of("comment", "encoding");

  /** How values are read. */
  private static final List<String> CSV_TYPES =
      List.of("nullstr", "timestampformat", "dateformat", "decimal_separator");

  private static final String DELIMITER = "delim";
  private static final String QUOTE = "quote";
  private static final String ESCAPE = "escape";
  private static final Set<String> ENCODINGS = Set.of("utf-8", "utf-16", "latin-1");
  private static final String HEADER = "header";
  private static final String SKIP = "skip";

  /** What of a format stands for a time of day. */
  private static final Pattern CLOCK = Pattern.compile("%-?[HIpMSfgncXTzZ]");

  /** A format that numbers may fit. */
  private static final Pattern OF_DIGITS = Pattern.compile("(%-?[YymdHIMSfgnjUWwuGV]|[0-9.])+");

  private static final List<String> FORMATS = List.of("timestampformat", "dateformat");

  private ReadOptions() {}

  /** Lists the options of a format. */
  static List<String> names(Format format) {
    return switch (format) {
      case FILE, DATA -> List.of();
      case TABLE, SERIES, NDJSON, PARQUET -> TIME;
      case CSV -> {
        List<String> names = new ArrayList<>(List.of(DELIMITER, QUOTE, ESCAPE, HEADER, SKIP));
        names.addAll(CSV_LINES);
        names.addAll(CSV_TYPES);
        names.addAll(TIME);
        yield names;
      }
      case JSONLOGS, WEBLOG, OTELJSON, EXCELHTML -> format.conversion().orElseThrow().options();
    };
  }

  /**
   * Checks the values of options.
   *
   * @throws PondException.Usage naming the first that cannot be
   */
  static void check(Map<String, String> options) {
    ConversionOptions.of(options);
    options.forEach((name, value) -> {
      switch (name) {
        case HEADER -> flag(value);
        case DELIMITER -> character(value);
        case SKIP -> number(value);
        case "encoding" -> requireOneOf(name, value, ENCODINGS);
        default -> {
          if (value.indexOf('\0') >= 0) {
            throw new PondException.Usage(
                "the option '" + name + "' holds NUL", "", "Leave that character out.");
          }
        }
      }
    });
  }

  /** Finds the delimiter that options give; {@code \\t} means a tab. */
  static Optional<Character> delimiter(Map<String, String> options) {
    return Optional.ofNullable(options.get(DELIMITER)).map(ReadOptions::character);
  }

  /** Answers how lines become fields, each option with a comma before it. */
  static Sql csvDialect(Map<String, String> options) {
    String quote = options.getOrDefault(QUOTE, "\"");
    return new SqlBuilder()
        .text(", quote = ")
        .literal(quote)
        .text(", escape = ")
        .literal(options.getOrDefault(ESCAPE, quote))
        .text(", header = ")
        .literal(hasHeader(options))
        .append(csvLines(options))
        .build();
  }

  /** Tells whether the first row of a CSV file names its columns. */
  static boolean hasHeader(Map<String, String> options) {
    return flag(options.getOrDefault(HEADER, "true"));
  }

  /** Answers how the file becomes lines. */
  static Sql csvLines(Map<String, String> options) {
    SqlBuilder sql =
        new SqlBuilder().text(", skip = ").literal(number(options.getOrDefault(SKIP, "0")));
    if (!options.containsKey("comment")) {
      sql.text(", comment = ''");
    }
    return sql.append(texts(options, CSV_LINES)).build();
  }

  /** Lists how options say that times are written. */
  static List<String> formats(Map<String, String> options) {
    return FORMATS.stream().filter(options::containsKey).map(options::get).toList();
  }

  /** Lists those of the formats that whole columns of numbers may fit, which are no times. */
  static List<String> formatsOfDigits(Map<String, String> options) {
    return formats(options).stream().filter(ReadOptions::isOfDigits).toList();
  }

  private static boolean isOfDigits(String format) {
    return OF_DIGITS.matcher(format).matches();
  }

  /** Tells whether what a format reads are days, without a time of day. */
  static boolean isOfDays(String format) {
    return !CLOCK.matcher(format).find();
  }

  /**
   * Answers how fields become values. To the engine a format is one of all columns, so those of
   * digits alone are left out.
   */
  static Sql csvTypes(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.entrySet()
        .removeIf(option -> FORMATS.contains(option.getKey()) && isOfDigits(option.getValue()));
    String format = all.getOrDefault("timestampformat", "");
    if (!format.isEmpty() && isOfDays(format)) {
      // To the engine days without a clock are no timestamps, and it would guess their format.
      all.putIfAbsent("dateformat", format);
    }
    return texts(all, CSV_TYPES);
  }

  private static Sql texts(Map<String, String> options, List<String> names) {
    SqlBuilder sql = new SqlBuilder();
    for (String name : names) {
      String value = options.get(name);
      if (value != null) {
        sql.text(", ").identifier(name).text(" = ").literal(value);
      }
    }
    return sql.build();
  }

  private static char character(String value) {
    String plain = value.equals("\\t") ? "\t" : value;
    if (plain.length() != 1) {
      throw new PondException.Usage(
          "the option 'delim' is one character, not '" + value + "'", "", "Write '\\t' for a tab.");
    }
    return plain.charAt(0);
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
        "the option 'skip' is a number of lines, not '" + value + "'",
        "",
        "Give 0 or more: '?skip=2'.");
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
