package dev.duckpond.tera;

import java.util.List;

/** Is something that has a value: the part of a template between brackets. */
sealed interface Expression {
  /** Where it stands. */
  Span at();

  /** A value as it is written. */
  record Literal(Span at, Value value) implements Expression {}

  /** An array of values: {@code [a, 1]}. */
  record ArrayOf(Span at, List<Expression> items) implements Expression {}

  /** A name to look up. */
  record Variable(Span at, String name) implements Expression {}

  /** A way into a value: {@code base.key[index]}. */
  record Access(Span at, Expression base, List<Step> steps) implements Expression {}

  /** Sums or products, from left to right: {@code first + value - value}. */
  record Arithmetic(Span at, Expression first, List<Operand> rest) implements Expression {}

  /** Texts and numbers in a row: {@code a ~ b}. */
  record Concat(Span at, List<Expression> parts) implements Expression {}

  /** Two values compared. */
  record Comparison(Span at, Comparator comparator, Expression left, Expression right)
      implements Expression {}

  /** Whether one value is within another: {@code item in container}. */
  record Membership(Span at, Sense sense, Expression item, Expression container)
      implements Expression {}

  /** Several conditions, from left to right as far as needed. */
  record Logic(Span at, Connective connective, List<Expression> conditions) implements Expression {}

  /** The opposite of a condition. */
  record Not(Span at, Expression condition) implements Expression {}

  /** A test: {@code subject is divisibleby(3)}. */
  record Test(Span at, Expression subject, Sense sense, String name, List<Expression> arguments)
      implements Expression {}

  /** A value that goes through filters, from left to right. */
  record Filtered(Span at, Expression base, List<FilterCall> filters) implements Expression {}

  /** A call of a function. */
  record FunctionCall(Span at, String name, List<Argument> arguments) implements Expression {}

  /** A call of a macro: {@code namespace::name(…)}. */
  record MacroCall(Span at, String namespace, String name, List<Argument> arguments)
      implements Expression {}

  /** One filter of a chain or of a section. */
  record FilterCall(Span at, String name, List<Argument> arguments) {}

  /** A value handed over by name. */
  record Argument(Span at, String name, Expression value) {}

  /** One more number of a sum or product. */
  record Operand(Operator operator, Expression value) {}

  /** One step of a way into a value. */
  sealed interface Step {
    Span at();
  }

  /** The step to a member or position that is written down: {@code .name}, {@code .0}. */
  record Key(Span at, String name) implements Step {}

  /** The step to a member or position that is computed: {@code [value]}. */
  record Index(Span at, Expression value) implements Step {}

  /** Whether a test or membership is asked for or its opposite. */
  enum Sense {
    IS,
    IS_NOT
  }

  /** How conditions are joined. */
  enum Connective {
    AND,
    OR
  }

  /** What is done with two numbers. */
  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }

    boolean bindsTightly() {
      return this == MULTIPLY || this == DIVIDE || this == REMAINDER;
    }
  }

  /** How two values are compared. */
  enum Comparator {
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String symbol;

    Comparator(String symbol) {
      this.symbol = symbol;
    }

    String symbol() {
      return symbol;
    }
  }
}
