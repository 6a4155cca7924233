package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Argument;
import dev.duckpond.tera.Expression.Connective;
import dev.duckpond.tera.Expression.FilterCall;
import dev.duckpond.tera.Expression.Operand;
import dev.duckpond.tera.Expression.Sense;
import dev.duckpond.tera.Expression.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes what expressions are worth at one moment of a rendering. */
final class Evaluator {
  /** The variable that holds all others as JSON. */
  static final String EVERYTHING = "__tera_context";

  /** The filter that is skipped, argument and all, unless there is no value. */
  private static final String DEFAULT = "default";

  /** Renders the macros that expressions call. */
  interface Macros {
    String call(Expression.MacroCall call);
  }

  private final Library library;
  private final Scope scope;
  private final Budget budget;
  private final World world;
  private final Macros macros;
  private final Set<String> functions = new LinkedHashSet<>();

  Evaluator(Library library, Scope scope, Budget budget, World world, Macros macros) {
    this.library = library;
    this.scope = scope;
    this.budget = budget;
    this.world = world;
    this.macros = macros;
  }

  /** Lists the functions that were called. */
  Set<String> functions() {
    return functions;
  }

  /** Returns the value of an expression, which must be defined. */
  Value value(Expression expression) {
    Value found = find(expression);
    if (found == null) {
      throw new Undefined(this, scope).fault(expression);
    }
    return found;
  }

  /** Tells whether a condition holds; what is not defined does not. */
  boolean holds(Expression condition) {
    Value found = find(condition);
    return found != null && found.truthy();
  }

  /** Finds the value of an expression; null when a variable or a member of it is not defined. */
  @Nullable Value find(Expression expression) {
    budget.step(expression.at());
    if (expression instanceof Expression.Literal literal) {
      return literal.value();
    }
    budget.enter(expression.at());
    Value found;
    try {
      found = compute(expression);
    } catch (CallException e) {
      throw expression.at().fault(e.problem(), e.remedy());
    }
    budget.leave();
    return found;
  }

  private @Nullable Value compute(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Variable variable -> variable(variable.name());
      case Expression.Access access -> access(access);
      case Expression.ArrayOf array -> array(array);
      case Expression.Arithmetic arithmetic -> arithmetic(arithmetic);
      case Expression.Concat concat -> concat(concat);
      case Expression.Comparison comparison -> Value.bool(compare(comparison));
      case Expression.Membership membership -> Value.bool(member(membership));
      case Expression.Logic logic -> Value.bool(logic(logic));
      case Expression.Not not -> Value.bool(!holds(not.condition()));
      case Expression.Test test -> Value.bool(test(test));
      case Expression.Filtered filtered -> filtered(filtered);
      case Expression.FunctionCall call -> function(call);
      case Expression.MacroCall call -> Value.text(macros.call(call));
    };
  }

  private @Nullable Value variable(String name) {
    if (!name.equals(EVERYTHING)) {
      return scope.find(name);
    }
    ObjectValue visible = scope.visible();
    // Whoever asks for everything depends on everything.
    visible.keys().forEach(scope::find);
    return Value.text(
        JsonPrinter.print(visible, JsonPrinter.Layout.PRETTY, JsonPrinter.Charset.ANY, budget));
  }

  private @Nullable Value access(Expression.Access access) {
    Value reached = find(access.base());
    for (Step step : access.steps()) {
      if (reached == null) {
        return null;
      }
      reached = Way.step(reached, key(step)).orElse(null);
    }
    return reached;
  }

  /** Returns the key or position that a step leads to. */
  String key(Step step) {
    return switch (step) {
      case Expression.Key key -> key.name();
      case Expression.Index index ->
          switch (value(index.value())) {
            case TextValue(String text) -> text;
            case IntegerValue(long number) -> Long.toString(number);
            case NullValue _, BoolValue _, BigValue _, FloatValue _, ArrayValue _, ObjectValue _ ->
                throw index.at().fault("an index is a string or an integer", "");
          };
    };
  }

  private Value array(Expression.ArrayOf array) {
    List<Value> items = new ArrayList<>(array.items().size());
    for (Expression item : array.items()) {
      items.add(value(item));
    }
    budget.madeArray(items.size());
    return ArrayValue.of(items);
  }

  private Value arithmetic(Expression.Arithmetic arithmetic) {
    Value result = value(arithmetic.first());
    for (Operand operand : arithmetic.rest()) {
      result = Numbers.calculate(operand.operator(), result, value(operand.value()));
    }
    return result;
  }

  private Value concat(Expression.Concat concat) {
    BoundedText text = new BoundedText(budget);
    for (Expression part : concat.parts()) {
      switch (value(part)) {
        case TextValue(String piece) -> text.append(piece);
        case IntegerValue(long number) -> text.append(Long.toString(number));
        case BigValue big -> text.append(big.number().toString());
        case FloatValue(double number) -> text.append(Decimals.json(number));
        case NullValue _, BoolValue _, ArrayValue _, ObjectValue _ ->
            throw part.at()
                .fault(
                    "`~` joins strings and numbers, not " + value(part).kind(),
                    "Make a string of it with `as_str` or `join`.");
      }
    }
    return Value.text(text.toString());
  }

  private boolean compare(Expression.Comparison comparison) {
    Value left = value(comparison.left());
    Value right = value(comparison.right());
    return switch (comparison.comparator()) {
      case EQUAL -> Equality.equal(left, right, budget);
      case UNEQUAL -> !Equality.equal(left, right, budget);
      case LESS, AT_MOST, MORE, AT_LEAST -> Numbers.compare(comparison.comparator(), left, right);
    };
  }

  private boolean member(Expression.Membership membership) {
    Value item = value(membership.item());
    boolean within = Containment.within(item, value(membership.container()), budget);
    return within == (membership.sense() == Sense.IS);
  }

  private boolean logic(Expression.Logic logic) {
    boolean decisive = logic.connective() == Connective.OR;
    for (Expression condition : logic.conditions()) {
      if (holds(condition) == decisive) {
        return decisive;
      }
    }
    return !decisive;
  }

  private boolean test(Expression.Test call) {
    ValueTest test = library.test(call.name()).orElseThrow();
    Value subject = find(call.subject());
    Map<String, Value> arguments = new HashMap<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      arguments.put(test.parameters().get(i).name(), value(call.arguments().get(i)));
    }
    if (subject != null) {
      budget.read(subject);
    }
    boolean holds = test.body().holds(subject, new Call(test, arguments, world, budget));
    return holds == (call.sense() == Sense.IS);
  }

  private @Nullable Value filtered(Expression.Filtered filtered) {
    Value value = find(filtered.base());
    for (FilterCall call : filtered.filters()) {
      if (call.name().equals(DEFAULT)) {
        value = value == null || value == NullValue.NULL ? filter(NullValue.NULL, call) : value;
      } else if (value == null) {
        return null;
      } else {
        value = filter(value, call);
      }
    }
    return value;
  }

  /** Sends a value through a filter. */
  Value filter(Value input, FilterCall call) {
    Filter filter = library.filter(call.name()).orElseThrow();
    try {
      Map<String, Value> arguments = arguments(call.arguments());
      budget.read(input);
      Value made = filter.body().apply(input, new Call(filter, arguments, world, budget));
      budget.made(made);
      return made;
    } catch (CallException e) {
      throw call.at().fault(e.problem(), e.remedy());
    }
  }

  private Value function(Expression.FunctionCall call) {
    Function function = library.function(call.name()).orElseThrow();
    functions.add(call.name());
    Map<String, Value> arguments = arguments(call.arguments());
    Value made = function.body().apply(new Call(function, arguments, world, budget));
    budget.made(made);
    return made;
  }

  private Map<String, Value> arguments(List<Argument> arguments) {
    if (arguments.isEmpty()) {
      return Map.of();
    }
    Map<String, Value> values = new HashMap<>();
    for (Argument argument : arguments) {
      Value value = value(argument.value());
      budget.read(value);
      values.put(argument.name(), value);
    }
    return values;
  }

  /** Tells whether the value of an expression is printed as it stands where templates escape. */
  boolean isMarkup(Expression expression) {
    return switch (expression) {
      case Expression.MacroCall _ -> true;
      case Expression.Variable variable -> variable.name().equals(EVERYTHING);
      case Expression.FunctionCall call ->
          library.function(call.name()).orElseThrow().result() == Callable.Result.MARKUP;
      case Expression.Filtered filtered ->
          library.filter(filtered.filters().getLast().name()).orElseThrow().result()
              == Callable.Result.MARKUP;
      case Expression.Literal _,
          Expression.ArrayOf _,
          Expression.Access _,
          Expression.Arithmetic _,
          Expression.Concat _,
          Expression.Comparison _,
          Expression.Membership _,
          Expression.Logic _,
          Expression.Not _,
          Expression.Test _ ->
          false;
    };
  }
}
