package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.optional;
import static dev.duckpond.tera.Parameter.required;

import java.util.List;
import java.util.regex.Pattern;

/** Filters that make a value of one kind of a value of another. */
final class ConversionFilters {
  /** What is a float; Java alone would take type suffixes and hexadecimal digits too. */
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][+-]?\\d++)?+");

  /** Longer strings are no number. */
  private static final int MAX_DIGITS = 1000;

  static final List<Filter> ALL =
      List.of(
          new Filter(
              "default",
              "Takes another value when a variable is not defined or null; the first filter.",
              List.of(required("value", "the other value")),
              new Example("{{ not_there | default(value=\"none\") }}", "none"),
              (_, call) -> call.require("value")),
          new Filter(
              "int",
              "Makes an integer of a number or string.",
              List.of(
                  optional("default", "what a string is that holds none, 0 when not given"),
                  optional("base", "the base of its digits, 10 when not given")),
              new Example("{{ \"0x1f\" | int(base=16) }}", "31"),
              ConversionFilters::integer),
          new Filter(
              "float",
              "Makes a float of a number or string.",
              List.of(optional("default", "what a string is that holds none, 0 when not given")),
              new Example("{{ \"2.50\" | float }}", "2.5"),
              ConversionFilters::decimal),
          new Filter(
              "as_str",
              "Makes the string of a value that a template would print.",
              List.of(),
              new Example("{{ [1, 2] | as_str | length }}", "6"),
              (input, call) -> Value.text(call.print(input))),
          new Filter(
              "json_encode",
              "Writes a value as JSON; where templates escape, `safe` goes after it.",
              List.of(optional("pretty", "whether on several lines")),
              new Example("{{ [1, true, \"a\"] | json_encode | safe }}", "[1,true,\"a\"]"),
              (input, call) -> json(input, JsonPrinter.Charset.ANY, call)));

  private ConversionFilters() {}

  static Value json(Value input, JsonPrinter.Charset charset, Call call) {
    JsonPrinter.Layout layout =
        call.flag("pretty") ? JsonPrinter.Layout.PRETTY : JsonPrinter.Layout.COMPACT;
    return Value.text(JsonPrinter.print(input, layout, charset, call.budget()));
  }

  private static Value integer(Value input, Call call) {
    long otherwise = call.integer("default", 0);
    long base = call.integer("base", 10);
    if (base < Character.MIN_RADIX || base > Character.MAX_RADIX) {
      throw new CallException("there are no digits for base " + base, "Take 2 to 36.");
    }
    return switch (input) {
      case IntegerValue number -> number;
      case BigValue _ -> Value.integer((long) Numbers.asDouble(input));
      case FloatValue(double number) -> Value.integer((long) number);
      case TextValue(String text) -> Value.integer(parsed(text.strip(), (int) base, otherwise));
      case NullValue _, BoolValue _, ArrayValue _, ObjectValue _ ->
          throw call.mismatch("a number or string", input);
    };
  }

  private static long parsed(String text, int base, long otherwise) {
    String prefix =
        switch (base) {
          case 2 -> "0b";
          case 8 -> "0o";
          case 16 -> "0x";
          default -> "";
        };
    String digits =
        !prefix.isEmpty() && text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    try {
      return Long.parseLong(digits, base);
    } catch (NumberFormatException _) {
      boolean fraction = digits.indexOf('.') >= 0 && isFloat(digits);
      return fraction ? (long) Double.parseDouble(digits) : otherwise;
    }
  }

  private static Value decimal(Value input, Call call) {
    return switch (input) {
      case IntegerValue _, BigValue _, FloatValue _ -> Value.decimal(Numbers.asDouble(input));
      case TextValue(String text) ->
          isFloat(text.strip())
              ? Value.decimal(Double.parseDouble(text.strip()))
              : Value.decimal(call.find("default").map(call::number).orElse(0.0));
      case NullValue _, BoolValue _, ArrayValue _, ObjectValue _ ->
          throw call.mismatch("a number or string", input);
    };
  }

  private static boolean isFloat(String text) {
    return text.length() <= MAX_DIGITS && FLOAT.matcher(text).matches();
  }
}
