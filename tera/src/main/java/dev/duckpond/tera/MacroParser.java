package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Literal;
import dev.duckpond.tera.Node.Macro;
import java.util.ArrayList;
import java.util.List;

/** Parses macros. */
final class MacroParser {
  private final Tokens tokens;
  private final SectionParser sections;
  private final ExpressionParser expressions;

  MacroParser(Tokens tokens, SectionParser sections) {
    this.tokens = tokens;
    this.sections = sections;
    this.expressions = new ExpressionParser(tokens);
  }

  /** Parses a macro, whose tag is still to come. */
  Macro macro() {
    tokens.take();
    Span keyword = tokens.take().at();
    String name = sections.name("the name of the macro");
    Span at = keyword.to(tokens.last().at());
    tokens.expect("(", "Write `{% macro name(argument, other=1) %}`.");
    List<Macro.Parameter> parameters = new ArrayList<>();
    while (!tokens.accept(")")) {
      parameters.add(parameter());
      if (!tokens.peek().isSymbol(")")) {
        tokens.expect(",", "Close the list with `)`.");
      }
    }
    sections.close();
    List<Node> body = sections.body(keyword, Surroundings.MACRO, "endmacro");
    sections.end("macro", name);
    return new Macro(at, name, List.copyOf(parameters), body);
  }

  private Macro.Parameter parameter() {
    String name = sections.name("the name of a parameter");
    Span at = tokens.last().at();
    if (!tokens.accept("=")) {
      return new Macro.Parameter(at, name, null);
    }
    Expression preset = expressions.expression();
    if (!(preset instanceof Literal literal)) {
      throw preset
          .at()
          .fault(
              "the default of a parameter is computed", "Write a number, a string or a boolean.");
    }
    return new Macro.Parameter(at, name, literal);
  }
}
