package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.optional;

import java.util.List;

/** The filter for dates. */
final class DateFilters {
  private static final String DEFAULT_FORMAT = "%Y-%m-%d";

  static final List<Filter> ALL =
      List.of(
          new Filter(
              "date",
              "Writes a time: seconds since 1970, a date, or RFC 3339 with or without offset.",
              List.of(
                  optional(
                      "format",
                      "letters after percent signs as of strftime; `"
                          + DEFAULT_FORMAT
                          + "` when not given"),
                  optional(
                      "timezone", "such as Europe/Paris; that of the value when not given, or UTC"),
                  optional("locale", "such as fr_FR, for the names of days and months")),
              new Example(
                  "{{ 1648252203 | date(format=\"%Y-%m-%d %H:%M\", timezone=\"Europe/Berlin\") }}",
                  "2022-03-26 00:50"),
              (input, call) ->
                  Value.text(
                      Strftime.format(
                          call.text("format", DEFAULT_FORMAT),
                          Moments.read(input, call),
                          Locales.of(call),
                          call.newText()))));

  private DateFilters() {}
}
