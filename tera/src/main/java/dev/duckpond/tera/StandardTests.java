package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.required;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tests of Tera 1.x. */
final class StandardTests {
  static final List<ValueTest> ALL =
      List.of(
          test(
              "defined",
              "Tells whether a variable, or a member of one, is there; null is.",
              new Example("{{ not_there is defined }}", "false"),
              (subject, _) -> subject != null),
          test(
              "undefined",
              "Tells whether a variable, or a member of one, is not there.",
              new Example("{{ not_there is undefined }}", "true"),
              (subject, _) -> subject == null),
          test(
              "odd",
              "Tells whether a number is odd.",
              new Example("{{ 3 is odd }}", "true"),
              (subject, call) -> call.number(call.defined(subject)) % 2 != 0),
          test(
              "even",
              "Tells whether a number is even.",
              new Example("{{ 3 is even }}", "false"),
              (subject, call) -> call.number(call.defined(subject)) % 2 == 0),
          test(
              "string",
              "Tells whether a value is a string.",
              new Example("{{ \"a\" is string }}", "true"),
              (subject, call) -> call.defined(subject) instanceof TextValue),
          test(
              "number",
              "Tells whether a value is a number.",
              new Example("{{ 1.5 is number }}", "true"),
              (subject, call) -> Numbers.isNumber(call.defined(subject))),
          test(
              "iterable",
              "Tells whether a value is an array or object.",
              new Example("{{ [1] is iterable }}", "true"),
              (subject, call) ->
                  call.defined(subject) instanceof ArrayValue || subject instanceof ObjectValue),
          test(
              "object",
              "Tells whether a value is an object.",
              new Example("{{ [1] is object }}", "false"),
              (subject, call) -> call.defined(subject) instanceof ObjectValue),
          test(
              "divisibleby",
              "Tells whether a number is a multiple of another.",
              new Example("{{ 6 is divisibleby(3) }}", "true"),
              (subject, call) ->
                  call.number(call.defined(subject)) % call.number(call.require("number")) == 0,
              required("number", "the other number")),
          test(
              "starting_with",
              "Tells whether a string begins with another.",
              new Example("{{ \"noyo\" is starting_with(\"no\") }}", "true"),
              (subject, call) -> text(subject, call).startsWith(call.text("start")),
              required("start", "the other string")),
          test(
              "ending_with",
              "Tells whether a string ends with another.",
              new Example("{{ \"noyo\" is ending_with(\"yo\") }}", "true"),
              (subject, call) -> text(subject, call).endsWith(call.text("end")),
              required("end", "the other string")),
          test(
              "containing",
              "Tells whether an element is in an array, a key in an object, or a string in another.",
              new Example("{{ [1, 2] is containing(2) }}", "true"),
              (subject, call) ->
                  Containment.within(call.require("item"), call.defined(subject), call.budget()),
              required("item", "the element, key or string")),
          test(
              "matching",
              "Tells whether a regular expression matches somewhere in a string.",
              new Example("{{ \"Queen Anne\" is matching(\"^[Qq]ueen\") }}", "true"),
              (subject, call) ->
                  Regex.compile(call.text("pattern")).matches(text(subject, call), call.budget()),
              required("pattern", "the regular expression")));

  private StandardTests() {}

  private static ValueTest test(
      String name, String summary, Example example, ValueTest.Body body, Parameter... parameters) {
    return new ValueTest(name, summary, List.of(parameters), example, body);
  }

  private static String text(@Nullable Value subject, Call call) {
    return call.text(call.defined(subject));
  }
}
