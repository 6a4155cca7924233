package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Step;

/** Explains why an expression has no value: which of its variables or members is not there. */
final class Undefined {
  private final Evaluator evaluator;
  private final Scope scope;

  Undefined(Evaluator evaluator, Scope scope) {
    this.evaluator = evaluator;
    this.scope = scope;
  }

  /** Says what of an expression is not defined. */
  Fault fault(Expression expression) {
    return switch (expression) {
      case Expression.Variable variable -> {
        String otherwise = "Give it with `default(value=…)`, or ask `is defined` first.";
        yield variable
            .at()
            .fault(
                "the variable `" + variable.name() + "` is not defined",
                Nearest.sentence(variable.name(), scope.names(), otherwise));
      }
      case Expression.Filtered filtered -> fault(filtered.base());
      case Expression.Access access -> step(access);
      case Expression.Literal _,
          Expression.ArrayOf _,
          Expression.Arithmetic _,
          Expression.Concat _,
          Expression.Comparison _,
          Expression.Membership _,
          Expression.Logic _,
          Expression.Not _,
          Expression.Test _,
          Expression.FunctionCall _,
          Expression.MacroCall _ ->
          throw new IllegalStateException("always defined: " + expression);
    };
  }

  private Fault step(Expression.Access access) {
    Value reached = evaluator.find(access.base());
    if (reached == null) {
      return fault(access.base());
    }
    Span way = access.base().at();
    for (Step step : access.steps()) {
      String key = evaluator.key(step);
      Value next = Way.step(reached, key).orElse(null);
      if (next == null) {
        String path = way.source().text().substring(way.start(), way.end());
        return Way.nowhere(step.at(), path, reached, key);
      }
      reached = next;
      way = way.to(step.at());
    }
    throw new IllegalStateException("defined: " + access);
  }
}
