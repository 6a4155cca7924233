package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.optional;
import static dev.duckpond.tera.Parameter.required;

import dev.duckpond.tera.Callable.Result;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What pages about series want and Tera does not have. */
final class Extensions {
  private static final String DEFAULT_FORMAT = "%Y-%m-%d %H:%M:%S";
  private static final Parameter FORMAT =
      optional("format", "as for `date`; `" + DEFAULT_FORMAT + "` when not given");
  private static final Parameter TIMEZONE = optional("timezone", "UTC when not given");

  static final List<Callable> ALL =
      List.of(
          new Function(
              "group",
              "Makes an object of arrays: the elements by an attribute, in their order, keys"
                  + " sorted. Elements without it are dropped.",
              List.of(
                  required("by", "the key, or keys with dots between them"),
                  required("in", "the array")),
              new Example(
                  "{% for k, v in group(by=\"0\", in=[[1, 2], [1, 3]]) %}{{ k }}: {{ v | length }}"
                      + "{% endfor %}",
                  "1: 2"),
              call ->
                  GroupFilters.grouped(
                      ArrayFilters.elements(call.require("in"), call), call.text("by"), call)),
          new Function(
              "timeformat",
              "Writes a time given in milliseconds since 1970.",
              List.of(required("value", "the milliseconds"), FORMAT, TIMEZONE),
              new Example("{{ timeformat(value=1704067200000) }}", "2024-01-01 00:00:00"),
              call -> timeFormat(call.require("value"), call)),
          new Filter(
              "timeformat",
              "Writes a time given in milliseconds since 1970.",
              List.of(FORMAT, TIMEZONE),
              new Example(
                  "{{ 1704067200000 | timeformat(format=\"%H:%M\", timezone=\"Europe/Paris\") }}",
                  "01:00"),
              Extensions::timeFormat),
          new Filter(
              "to_json",
              "Writes a value as JSON that may stand in a script element; is not escaped.",
              List.of(optional("pretty", "whether on several lines")),
              new Example("{{ [\"</b>\", 1.0] | to_json }}", "[\"\\u003c/b\\u003e\",1.0]"),
              Result.MARKUP,
              (input, call) ->
                  ConversionFilters.json(input, JsonPrinter.Charset.SAFE_IN_HTML, call)));

  private Extensions() {}

  private static Value timeFormat(Value milliseconds, Call call) {
    if (!(milliseconds instanceof IntegerValue(long millis))) {
      throw call.mismatch("an integer", milliseconds);
    }
    Instant time = Instant.ofEpochMilli(millis);
    String format = call.text("format", DEFAULT_FORMAT);
    return Value.text(
        Strftime.format(format, Moments.zoned(time, call, ZoneOffset.UTC), call.newText()));
  }
}
