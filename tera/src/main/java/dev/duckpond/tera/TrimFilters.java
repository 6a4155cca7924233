package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.required;

import java.util.List;

/** Filters that take something off the ends of strings. */
final class TrimFilters {
  private static final Parameter PATTERN = required("pat", "the string to take off");

  static final List<Filter> ALL =
      List.of(
          new Filter(
              "trim",
              "Takes whitespace off both ends.",
              List.of(),
              new Example("[{{ \" a b \" | trim }}]", "[a b]"),
              (input, call) -> Value.text(call.text(input).strip())),
          new Filter(
              "trim_start",
              "Takes whitespace off the start.",
              List.of(),
              new Example("[{{ \" a b \" | trim_start }}]", "[a b ]"),
              (input, call) -> Value.text(call.text(input).stripLeading())),
          new Filter(
              "trim_end",
              "Takes whitespace off the end.",
              List.of(),
              new Example("[{{ \" a b \" | trim_end }}]", "[ a b]"),
              (input, call) -> Value.text(call.text(input).stripTrailing())),
          new Filter(
              "trim_start_matches",
              "Takes a string off the start as often as it is there.",
              List.of(PATTERN),
              new Example("{{ \"//a/b//\" | trim_start_matches(pat=\"/\") }}", "a/b//"),
              TrimFilters::start),
          new Filter(
              "trim_end_matches",
              "Takes a string off the end as often as it is there.",
              List.of(PATTERN),
              new Example("{{ \"//a/b//\" | trim_end_matches(pat=\"/\") }}", "//a/b"),
              TrimFilters::end));

  private TrimFilters() {}

  private static Value start(Value input, Call call) {
    String text = call.text(input);
    String pattern = TextFilters.unescaped(call.text("pat"));
    int at = 0;
    while (!pattern.isEmpty() && text.startsWith(pattern, at)) {
      at += pattern.length();
    }
    return Value.text(text.substring(at));
  }

  private static Value end(Value input, Call call) {
    String text = call.text(input);
    String pattern = TextFilters.unescaped(call.text("pat"));
    int end = text.length();
    while (!pattern.isEmpty()
        && end >= pattern.length()
        && text.startsWith(pattern, end - pattern.length())) {
      end -= pattern.length();
    }
    return Value.text(text.substring(0, end));
  }
}
