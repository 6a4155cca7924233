package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.optional;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** Filters for numbers. */
final class NumberFilters {
  /** Beyond these powers of ten a float has no digits left to round. */
  private static final int MAX_PRECISION = 300;

  private static final List<String> UNITS =
      List.of("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB");
  private static final List<String> BINARY_UNITS =
      List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB");

  static final List<Filter> ALL =
      List.of(
          new Filter(
              "abs",
              "Takes the sign off a number.",
              List.of(),
              new Example("{{ -2 | abs }}", "2"),
              NumberFilters::absolute),
          new Filter(
              "round",
              "Rounds a number.",
              List.of(
                  optional("method", "`common` (when not given), `ceil` or `floor`"),
                  optional("precision", "digits after the point, 0 when not given")),
              new Example("{{ 2.71828 | round(precision=2) }}", "2.72"),
              NumberFilters::rounded),
          new Filter(
              "pluralize",
              "Makes the ending of a word: one for 1 and -1, another for all other numbers.",
              List.of(
                  optional("singular", "the ending for one, empty when not given"),
                  optional("plural", "the ending for others, `s` when not given")),
              new Example(
                  "3 categor{{ 3 | pluralize(singular=\"y\", plural=\"ies\") }}", "3 categories"),
              (input, call) ->
                  Value.text(
                      Math.abs(call.number(input)) == 1
                          ? call.text("singular", "")
                          : call.text("plural", "s"))),
          new Filter(
              "filesizeformat",
              "Writes a number of bytes with a unit; each unit is 1024 of the one before.",
              List.of(optional("binary", "whether units are KiB, MiB, … and not kB, MB, …")),
              new Example("{{ 123456789 | filesizeformat }}", "117.74 MB"),
              NumberFilters::fileSize));

  private NumberFilters() {}

  private static Value absolute(Value input, Call call) {
    return switch (input) {
      case IntegerValue(long number) -> Value.integer(BigInteger.valueOf(number).abs());
      case BigValue(BigInteger number) -> Value.integer(number.abs());
      case FloatValue(double number) -> Value.decimal(Math.abs(number));
      case NullValue _, BoolValue _, TextValue _, ArrayValue _, ObjectValue _ ->
          throw call.mismatch("a number", input);
    };
  }

  private static Value rounded(Value input, Call call) {
    double number = call.number(input);
    long precision = call.integer("precision", 0);
    if (Math.abs(precision) > MAX_PRECISION) {
      throw new CallException("the precision is beyond " + MAX_PRECISION + " digits", "");
    }
    double factor = Math.pow(10, (double) precision);
    double scaled = number * factor;
    String method = call.text("method", "common");
    double whole =
        switch (method) {
          // Away from zero at one half, as Rust rounds.
          case "common" -> Math.copySign(Math.floor(Math.abs(scaled) + 0.5), scaled);
          case "ceil" -> Math.ceil(scaled);
          case "floor" -> Math.floor(scaled);
          default ->
              throw new CallException(
                  "there is no way of rounding `" + method + "`",
                  Nearest.sentence(
                      method, List.of("common", "ceil", "floor"), "Take common, ceil or floor."));
        };
    return Value.decimal(Double.isFinite(whole) ? whole / factor : number);
  }

  private static Value fileSize(Value input, Call call) {
    if (!(input instanceof IntegerValue(long bytes)) || bytes < 0) {
      throw call.mismatch("an integer from 0", input);
    }
    List<String> units = call.flag("binary") ? BINARY_UNITS : UNITS;
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < units.size() - 1) {
      size /= 1024;
      unit++;
    }
    String digits = size == Math.rint(size) ? "%.0f %s" : "%.2f %s";
    return Value.text(String.format(Locale.ROOT, digits, size, units.get(unit)));
  }
}
