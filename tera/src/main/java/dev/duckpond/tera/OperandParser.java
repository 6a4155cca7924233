package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Access;
import dev.duckpond.tera.Expression.Argument;
import dev.duckpond.tera.Expression.ArrayOf;
import dev.duckpond.tera.Expression.FilterCall;
import dev.duckpond.tera.Expression.FunctionCall;
import dev.duckpond.tera.Expression.Index;
import dev.duckpond.tera.Expression.Literal;
import dev.duckpond.tera.Expression.MacroCall;
import dev.duckpond.tera.Expression.Sense;
import dev.duckpond.tera.Expression.Step;
import dev.duckpond.tera.Expression.Test;
import dev.duckpond.tera.Expression.Variable;
import dev.duckpond.tera.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parses what binds tighter than any operator: literals, names with the way into their value,
 * calls, brackets, and the test that follows one of these.
 *
 * <p>Tera 1.x lets only names be entered and tested, and only names and numbers be an index. Here
 * any operand may, since nothing that Tera takes reads differently for it.
 */
final class OperandParser {
  /** Words that mean something where a name could stand. */
  private static final Set<String> RESERVED = Set.of("and", "or", "not", "in", "is", "if", "else");

  /** Words that are no names of variables. */
  static final Set<String> WORDS =
      Stream.concat(RESERVED.stream(), Stream.of("true", "True", "false", "False"))
          .collect(Collectors.toUnmodifiableSet());

  private final Tokens tokens;
  private final ExpressionParser expressions;

  OperandParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expression operand() {
    Expression base = primary();
    List<Step> steps = steps();
    Expression entered =
        steps.isEmpty() ? base : new Access(reach(base.at()), base, List.copyOf(steps));
    return tokens.peek().isName("is") ? test(entered) : entered;
  }

  private Expression primary() {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case STRING -> new Literal(tokens.take().at(), new TextValue(token.text()));
      case INTEGER -> integer(tokens.take(), "");
      case FLOAT -> decimal(tokens.take(), "");
      case NAME -> named(token);
      case SYMBOL -> bracketed(token);
      case TEXT, OUTPUT_OPEN, OUTPUT_CLOSE, TAG_OPEN, TAG_CLOSE, END ->
          throw tokens.unexpected("a value", "");
    };
  }

  private Expression bracketed(Token token) {
    if (token.isSymbol("[")) {
      return array();
    }
    if (token.isSymbol("-") && tokens.peek(1).is(Kind.INTEGER)) {
      tokens.take();
      return integer(tokens.take(), "-");
    }
    if (token.isSymbol("-") && tokens.peek(1).is(Kind.FLOAT)) {
      tokens.take();
      return decimal(tokens.take(), "-");
    }
    if (token.isSymbol("-")) {
      throw tokens.unexpected("a value", "Only numbers have a sign; write `0 - value`.");
    }
    if (!tokens.accept("(")) {
      throw tokens.unexpected("a value", "");
    }
    Expression inner = expressions.expression();
    tokens.expect(")", "");
    return inner;
  }

  private Literal integer(Token digits, String sign) {
    try {
      return new Literal(digits.at(), Value.integer(Long.parseLong(sign + digits.text())));
    } catch (NumberFormatException _) {
      throw digits.at().fault("the integer is beyond 64 bits", "Write it as a float, or as text.");
    }
  }

  private Literal decimal(Token digits, String sign) {
    double number = Double.parseDouble(sign + digits.text());
    if (Double.isInfinite(number)) {
      throw digits.at().fault("the float is beyond 64 bits", "");
    }
    return new Literal(digits.at(), new FloatValue(number));
  }

  private Expression array() {
    Span open = tokens.take().at();
    List<Expression> items = new ArrayList<>();
    while (!tokens.accept("]")) {
      items.add(expressions.expression());
      if (!tokens.peek().isSymbol("]")) {
        tokens.expect(",", "Close the array with `]`.");
      }
    }
    return new ArrayOf(reach(open), List.copyOf(items));
  }

  private Expression named(Token token) {
    String name = token.text();
    switch (name) {
      case "true", "True" -> {
        return new Literal(tokens.take().at(), BoolValue.TRUE);
      }
      case "false", "False" -> {
        return new Literal(tokens.take().at(), BoolValue.FALSE);
      }
      default -> {}
    }
    if (RESERVED.contains(name)) {
      throw tokens.unexpected("a value", "`" + name + "` is a word of the language.");
    }
    tokens.take();
    if (tokens.accept("::")) {
      Token macro = tokens.expect(Kind.NAME, "the name of a macro", "");
      List<Argument> arguments = requiredArguments("macro");
      return new MacroCall(reach(token.at()), name, macro.text(), arguments);
    }
    if (tokens.peek().isSymbol("(")) {
      return new FunctionCall(token.at(), name, arguments());
    }
    return new Variable(token.at(), name);
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    while (true) {
      if (tokens.accept(".")) {
        Token key = tokens.expect(Kind.NAME, "a name or number after `.`", "");
        steps.add(new Expression.Key(key.at(), key.text()));
      } else if (tokens.accept("[")) {
        Span open = tokens.last().at();
        Expression index = expressions.expression();
        tokens.expect("]", "");
        steps.add(new Index(reach(open), index));
      } else {
        return steps;
      }
    }
  }

  private Test test(Expression subject) {
    tokens.take();
    Sense sense = tokens.acceptName("not") ? Sense.IS_NOT : Sense.IS;
    Token name = tokens.expect(Kind.NAME, "the name of a test", "");
    List<Expression> arguments = new ArrayList<>();
    if (tokens.accept("(")) {
      while (!tokens.accept(")")) {
        arguments.add(expressions.expression());
        if (!tokens.peek().isSymbol(")")) {
          tokens.expect(",", "Arguments of tests have no names.");
        }
      }
    }
    Span at = name.at().to(tokens.last().at());
    return new Test(at, subject, sense, name.text(), List.copyOf(arguments));
  }

  FilterCall filterCall() {
    Token name = tokens.expect(Kind.NAME, "the name of a filter", "");
    List<Argument> arguments = tokens.peek().isSymbol("(") ? arguments() : List.of();
    return new FilterCall(name.at(), name.text(), arguments);
  }

  private List<Argument> requiredArguments(String what) {
    if (!tokens.peek().isSymbol("(")) {
      throw tokens.unexpected("`(`", "A " + what + " is called with brackets.");
    }
    return arguments();
  }

  private List<Argument> arguments() {
    tokens.take();
    List<Argument> arguments = new ArrayList<>();
    while (!tokens.accept(")")) {
      Token name = tokens.peek();
      if (!name.is(Kind.NAME) || !tokens.peek(1).isSymbol("=")) {
        throw tokens.unexpected("the name of an argument and `=`", "Write `name=value`.");
      }
      tokens.take();
      tokens.take();
      for (Argument earlier : arguments) {
        if (earlier.name().equals(name.text())) {
          throw name.at().fault("the argument `" + name.text() + "` is given twice", "");
        }
      }
      arguments.add(new Argument(name.at(), name.text(), expressions.expression()));
      if (!tokens.peek().isSymbol(")")) {
        tokens.expect(",", "Close the call with `)`.");
      }
    }
    return List.copyOf(arguments);
  }

  private Span reach(Span first) {
    return first.to(tokens.last().at());
  }
}
