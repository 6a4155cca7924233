package dev.duckpond.tera;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Is one call of a filter, test or function: its arguments by name, and what it may use. The
 * accessors throw a {@link CallException} that names the argument when it is of another kind. Not
 * to be kept beyond the call.
 */
public final class Call {
  private final Callable callable;
  private final Map<String, Value> arguments;
  private final World world;
  private final Budget budget;

  Call(Callable callable, Map<String, Value> arguments, World world, Budget budget) {
    this.callable = callable;
    this.arguments = arguments;
    this.world = world;
    this.budget = budget;
  }

  /** Finds an argument. */
  public Optional<Value> find(String name) {
    return Optional.ofNullable(arguments.get(name));
  }

  /** Returns an argument that every call gives. */
  public Value require(String name) {
    return find(name)
        .orElseThrow(() ->
            new CallException(callable.described() + " needs the argument `" + name + "`", ""));
  }

  /** Returns an argument that is a string. */
  public String text(String name) {
    return textOf(require(name), name);
  }

  /** Returns an argument that is a string, or another when it is not given. */
  public String text(String name, String otherwise) {
    return find(name).map(value -> textOf(value, name)).orElse(otherwise);
  }

  /** Returns an argument that is an integer of 64 bits. */
  public long integer(String name) {
    return integerOf(require(name), name);
  }

  /** Returns an argument that is an integer of 64 bits, or another when it is not given. */
  public long integer(String name, long otherwise) {
    return find(name).map(value -> integerOf(value, name)).orElse(otherwise);
  }

  /** Tells whether an argument that is a boolean is given and true. */
  public boolean flag(String name) {
    Value value = find(name).orElse(BoolValue.FALSE);
    if (value instanceof BoolValue flag) {
      return flag.flag();
    }
    throw mismatch(name, "a boolean", value);
  }

  /** Takes a value as a string. */
  public String text(Value input) {
    if (input instanceof TextValue(String text)) {
      return text;
    }
    throw mismatch("a string", input);
  }

  /** Takes a value as an array. */
  public ArrayValue array(Value input) {
    if (input instanceof ArrayValue array) {
      return array;
    }
    throw mismatch("an array", input);
  }

  /** Takes a value as a number. */
  public double number(Value input) {
    if (Numbers.isNumber(input)) {
      return Numbers.asDouble(input);
    }
    throw mismatch("a number", input);
  }

  /** Takes a value that must be there. */
  public Value defined(@Nullable Value subject) {
    if (subject != null) {
      return subject;
    }
    throw new CallException(
        callable.described() + " is asked of something that is not defined",
        "Ask `is defined` first.");
  }

  /** Says that a value is not of the kind that is needed. */
  public CallException mismatch(String expected, Value found) {
    return new CallException(
        callable.described() + " is for " + expected + ", not for " + found.kind(), "");
  }

  /** Says that an argument is not of the kind that is needed. */
  public CallException mismatch(String argument, String expected, Value found) {
    return new CallException(
        "the argument `"
            + argument
            + "` of "
            + callable.described()
            + " is "
            + found.kind()
            + ", not "
            + expected,
        "");
  }

  /** Answers what time it is. */
  public InstantSource clock() {
    return world.clock();
  }

  /** Answers where local time is taken from. */
  public ZoneId zone() {
    return world.zone();
  }

  /** Answers where chance is taken from; the same numbers in each rendering. */
  public RandomGenerator random() {
    return world.random();
  }

  /**
   * Pays for work that is not seen from the size of the result.
   *
   * @throws CallException when the rendering has spent all its steps
   */
  public void spend(long steps) {
    budget.spend(steps);
  }

  /** Makes an array of values, when it is not beyond the limit. */
  public ArrayValue arrayOf(List<Value> values) {
    budget.madeArray(values.size());
    return ArrayValue.of(values);
  }

  /** Prints a value as a template does. */
  public String print(Value value) {
    return Printer.print(value, budget);
  }

  /** Starts a string that stops at the limit. */
  BoundedText newText() {
    return new BoundedText(budget);
  }

  Budget budget() {
    return budget;
  }

  private String textOf(Value value, String name) {
    if (value instanceof TextValue(String text)) {
      return text;
    }
    throw mismatch(name, "a string", value);
  }

  private long integerOf(Value value, String name) {
    if (value instanceof IntegerValue(long number)) {
      return number;
    }
    throw mismatch(name, "an integer", value);
  }
}
