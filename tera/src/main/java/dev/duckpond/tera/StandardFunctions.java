package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.optional;
import static dev.duckpond.tera.Parameter.required;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** The functions of Tera 1.x. */
final class StandardFunctions {
  static final List<Function> ALL =
      List.of(
          new Function(
              "range",
              "Makes an array of integers.",
              List.of(
                  required("end", "the first integer that is not in it"),
                  optional("start", "the first that is, 0 when not given"),
                  optional("step_by", "from one to the next, 1 when not given")),
              new Example("{{ range(start=1, end=8, step_by=3) }}", "[1, 4, 7]"),
              StandardFunctions::range),
          new Function(
              "now",
              "Tells what time it is.",
              List.of(
                  optional("timestamp", "whether as seconds since 1970 and not as RFC 3339"),
                  optional("utc", "whether in UTC and not in local time")),
              new Example("{{ now(utc=true) is matching(\"Z$|00:00$\") }}", "true"),
              StandardFunctions::now),
          new Function(
              "throw",
              "Stops the page with a message.",
              List.of(required("message", "the message")),
              new Example("{% if 1 > 2 %}{{ throw(message=\"no title\") }}{% endif %}fine", "fine"),
              call -> {
                throw new CallException(call.text("message"), "");
              }),
          new Function(
              "get_random",
              "Draws an integer; the same ones each time a page is made.",
              List.of(
                  required("end", "the first integer that is never drawn"),
                  optional("start", "the smallest that may be, 0 when not given")),
              new Example("{{ get_random(start=5, end=6) }}", "5"),
              StandardFunctions::random),
          new Function(
              "get_env",
              "Fails: templates do not see the environment.",
              List.of(
                  required("name", "the name of a variable of the environment"),
                  optional("default", "taken by Tera when it is not set; not used here")),
              new Example("{% if false %}{{ get_env(name=\"HOME\") }}{% endif %}", ""),
              _ -> {
                throw new CallException(
                    "the environment is not available to templates",
                    "Hand the value over as a variable.");
              }));

  private StandardFunctions() {}

  private static Value range(Call call) {
    long start = call.integer("start", 0);
    long end = call.integer("end");
    long step = call.integer("step_by", 1);
    if (start < 0 || start > end || step < 1) {
      throw new CallException(
          "there is no range from " + start + " to " + end + " by " + step,
          "It begins at 0 or above, does not end before, and goes up.");
    }
    long size = Math.ceilDiv(end - start, step);
    call.budget().madeArray(size);
    call.spend(size);
    return ArrayValue.of((int) size, position -> Value.integer(start + position * step));
  }

  private static Value now(Call call) {
    Instant now = call.clock().instant();
    if (call.flag("timestamp")) {
      return Value.integer(now.getEpochSecond());
    }
    ZoneId zone = call.flag("utc") ? ZoneOffset.UTC : call.zone();
    return Value.text(Moments.RFC_3339.format(now.atZone(zone)));
  }

  private static Value random(Call call) {
    long start = call.integer("start", 0);
    long end = call.integer("end");
    if (start >= end) {
      throw new CallException("no integer is from " + start + " and below " + end, "");
    }
    return Value.integer(call.random().nextLong(start, end));
  }
}
