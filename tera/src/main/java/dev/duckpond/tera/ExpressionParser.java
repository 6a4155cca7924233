package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Arithmetic;
import dev.duckpond.tera.Expression.Comparator;
import dev.duckpond.tera.Expression.Comparison;
import dev.duckpond.tera.Expression.Concat;
import dev.duckpond.tera.Expression.Connective;
import dev.duckpond.tera.Expression.FilterCall;
import dev.duckpond.tera.Expression.Filtered;
import dev.duckpond.tera.Expression.Logic;
import dev.duckpond.tera.Expression.Membership;
import dev.duckpond.tera.Expression.Not;
import dev.duckpond.tera.Expression.Operand;
import dev.duckpond.tera.Expression.Operator;
import dev.duckpond.tera.Expression.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses expressions by descent, from what binds loosest to what binds tightest:
 *
 * <pre>
 * or    =  and { "or" and }
 * and   =  not { "and" not }
 * not   =  "not" not | comparison
 * comparison = value [ ( "==" | "&lt;" | … ) value | ["not"] "in" value ]
 * value =  run { ( "+" | "*" | … ) run }            the next number after filters
 * run   =  sum { "~" sum } { "|" filter }           filters take all to their left
 * sum   =  operand { ( "+" | "*" | … ) operand }
 * </pre>
 *
 * {@link OperandParser} does the rest. As in Tera 1.x, a filter takes the whole sum to its left: in
 * {@code 1 + a | round * 2} the rounded sum is doubled.
 */
final class ExpressionParser {
  private final Tokens tokens;
  private final OperandParser operands;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
    this.operands = new OperandParser(tokens, this);
  }

  Expression expression() {
    tokens.enter();
    Expression parsed = logic(Connective.OR);
    tokens.leave();
    return parsed;
  }

  FilterCall filterCall() {
    return operands.filterCall();
  }

  private Expression logic(Connective connective) {
    String word = connective == Connective.OR ? "or" : "and";
    Expression first = condition(connective);
    if (!tokens.peek().isName(word)) {
      return first;
    }
    List<Expression> conditions = new ArrayList<>(List.of(first));
    while (tokens.acceptName(word)) {
      conditions.add(condition(connective));
    }
    return new Logic(reach(first), connective, List.copyOf(conditions));
  }

  private Expression condition(Connective within) {
    return within == Connective.OR ? logic(Connective.AND) : negation();
  }

  private Expression negation() {
    Token word = tokens.peek();
    if (!tokens.acceptName("not")) {
      return comparison();
    }
    tokens.enter();
    Expression condition = negation();
    tokens.leave();
    return new Not(word.at().to(condition.at()), condition);
  }

  private Expression comparison() {
    Expression left = value();
    boolean negated = tokens.peek().isName("not") && tokens.peek(1).isName("in");
    if (negated) {
      tokens.take();
    }
    if (tokens.acceptName("in")) {
      Sense sense = negated ? Sense.IS_NOT : Sense.IS;
      Expression container = value();
      return new Membership(reach(left), sense, left, container);
    }
    Optional<Comparator> comparator = comparator(tokens.peek());
    if (comparator.isEmpty()) {
      return left;
    }
    tokens.take();
    Expression right = value();
    if (comparator(tokens.peek()).isPresent()) {
      throw tokens
          .peek()
          .at()
          .fault("comparisons do not follow each other", "Join them with `and`.");
    }
    return new Comparison(reach(left), comparator.get(), left, right);
  }

  private static Optional<Comparator> comparator(Token token) {
    for (Comparator comparator : Comparator.values()) {
      if (token.isSymbol(comparator.symbol())) {
        return Optional.of(comparator);
      }
    }
    return Optional.empty();
  }

  private Expression value() {
    return chain(this::run);
  }

  private Expression run() {
    Expression first = chain(operands::operand);
    Expression base = first;
    if (tokens.peek().isSymbol("~")) {
      List<Expression> parts = new ArrayList<>(List.of(first));
      while (tokens.accept("~")) {
        parts.add(chain(operands::operand));
      }
      base = new Concat(reach(first), List.copyOf(parts));
    }
    if (!tokens.peek().isSymbol("|")) {
      return base;
    }
    List<FilterCall> filters = new ArrayList<>();
    while (tokens.accept("|")) {
      filters.add(operands.filterCall());
    }
    return new Filtered(reach(first), base, List.copyOf(filters));
  }

  /** Parses what one operand of a chain is. */
  private interface Part {
    Expression parse();
  }

  /** Parses parts with operators between them; products bind tighter than sums. */
  private Expression chain(Part part) {
    Expression first = product(part, part.parse());
    List<Operand> terms = new ArrayList<>();
    Optional<Operator> operator = operator(tokens.peek());
    while (operator.isPresent()) {
      tokens.take();
      terms.add(new Operand(operator.get(), product(part, part.parse())));
      operator = operator(tokens.peek());
    }
    return terms.isEmpty() ? first : new Arithmetic(reach(first), first, List.copyOf(terms));
  }

  private Expression product(Part part, Expression first) {
    List<Operand> factors = new ArrayList<>();
    Optional<Operator> operator = operator(tokens.peek());
    while (operator.isPresent() && operator.get().bindsTightly()) {
      tokens.take();
      factors.add(new Operand(operator.get(), part.parse()));
      operator = operator(tokens.peek());
    }
    return factors.isEmpty() ? first : new Arithmetic(reach(first), first, List.copyOf(factors));
  }

  private static Optional<Operator> operator(Token token) {
    for (Operator operator : Operator.values()) {
      if (token.isSymbol(operator.symbol())) {
        return Optional.of(operator);
      }
    }
    return Optional.empty();
  }

  /** Spans from the start of an expression to the word taken last. */
  private Span reach(Expression first) {
    return first.at().to(tokens.last().at());
  }
}
