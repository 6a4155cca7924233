package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Argument;
import dev.duckpond.tera.Expression.Literal;
import dev.duckpond.tera.Expression.MacroCall;
import dev.duckpond.tera.Node.Block;
import dev.duckpond.tera.Node.Macro;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Renders one page: goes through the nodes of its templates and prints. */
final class Renderer {
  /** How a part of a template ended. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  /** Whether values are escaped for HTML as they are printed. */
  enum Escaping {
    HTML,
    NONE
  }

  /** A macro, include or block that is being rendered, for messages. */
  private record Entered(String what, Span at) {}

  /** The block being rendered and how far up the chain of templates its text comes from. */
  private record Level(String block, int level) {}

  private final Program program;
  private final Escaping escaping;
  private final Scope scope;
  private final Budget budget;
  private final Evaluator evaluator;
  private final Set<String> templates = new LinkedHashSet<>();
  private final Deque<Entered> entered = new ArrayDeque<>();
  private final Deque<Level> levels = new ArrayDeque<>();
  private List<Unit> chain;

  Renderer(
      Program program,
      Library library,
      Escaping escaping,
      Scope scope,
      Budget budget,
      World world) {
    this.program = program;
    this.escaping = escaping;
    this.scope = scope;
    this.budget = budget;
    this.evaluator = new Evaluator(library, scope, budget, world, this::collect);
    this.chain = program.chain(program.root());
  }

  /** Renders the page; after a {@link Fault} the {@link #calls()} say how it was reached. */
  void page(Output out) {
    chain.forEach(unit -> templates.add(unit.name()));
    body(chain.getLast().nodes(), out);
  }

  /** Lists the macros, includes and blocks being rendered, from the innermost on. */
  List<String> calls() {
    return entered.stream().map(call -> call.what() + " at " + call.at()).toList();
  }

  /** Lists the templates that something was rendered of. */
  Set<String> templates() {
    return templates;
  }

  /** Lists the functions that were called. */
  Set<String> functions() {
    return evaluator.functions();
  }

  private Flow body(List<Node> nodes, Output out) {
    for (Node node : nodes) {
      Flow flow = node(node, out);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow node(Node node, Output out) {
    budget.step(node.at());
    budget.enter(node.at());
    Flow flow = Flow.ON;
    switch (node) {
      case Node.Text text -> out.write(text.text(), text.at());
      case Node.Output output -> print(output, out);
      case Node.If conditional -> flow = conditional(conditional, out);
      case Node.For loop -> flow = loop(loop, out);
      case Node.Assignment set -> scope.set(set.reach(), set.name(), evaluator.value(set.value()));
      case Node.FilterSection section -> filter(section, out);
      case Node.Include include -> include(include, out);
      case Block block -> block(block, 0, out);
      case Node.Super parent -> superBlock(parent, out);
      case Node.Break _ -> flow = Flow.BREAK;
      case Node.Continue _ -> flow = Flow.CONTINUE;
    }
    budget.leave();
    return flow;
  }

  private void print(Node.Output output, Output out) {
    if (output.value() instanceof MacroCall call) {
      macro(call, out);
      return;
    }
    Value value = evaluator.value(output.value());
    boolean markup = evaluator.isMarkup(output.value());
    print(value, output.at(), markup ? Escaping.NONE : escaping, out);
  }

  private void print(Value value, Span at, Escaping escaped, Output out) {
    String text;
    try {
      text = Printer.print(value, budget);
    } catch (CallException e) {
      throw at.fault(e.problem(), e.remedy());
    }
    boolean mayHoldMarkup = value instanceof TextValue || value instanceof ArrayValue;
    out.write(escaped == Escaping.HTML && mayHoldMarkup ? Markup.html(text) : text, at);
  }

  private Flow conditional(Node.If conditional, Output out) {
    for (Node.Branch branch : conditional.branches()) {
      if (evaluator.holds(branch.condition())) {
        return body(branch.body(), out);
      }
    }
    return body(conditional.otherwise(), out);
  }

  private Flow loop(Node.For loop, Output out) {
    Value container = evaluator.value(loop.container());
    LoopSource source;
    try {
      source = LoopSource.of(loop, container, budget);
    } catch (CallException e) {
      throw loop.container().at().fault(e.problem(), e.remedy());
    }
    int size = source.size();
    if (size == 0) {
      return body(loop.empty(), out);
    }
    scope.push(Scope.Kind.LOOP);
    for (int i = 0; i < size; i++) {
      budget.step(loop.at());
      scope.clear();
      source.bind(i, scope);
      scope.set(LoopValue.NAME, new LoopValue(i, size));
      if (body(loop.body(), out) == Flow.BREAK) {
        break;
      }
    }
    scope.pop();
    return Flow.ON;
  }

  private void filter(Node.FilterSection section, Output out) {
    StringBuilder collected = new StringBuilder();
    body(section.body(), Output.collecting(collected, budget.limits()));
    Value text = Value.text(collected.toString());
    Value filtered = evaluator.filter(text, section.filter());
    print(filtered, section.at(), Escaping.NONE, out);
  }

  private void include(Node.Include include, Output out) {
    Unit unit = program.first(include).orElse(null);
    if (unit == null) {
      return;
    }
    List<Unit> outer = chain;
    enter("in `" + unit.name() + "`, included", include.at(), unit);
    chain = List.of(unit);
    scope.push(Scope.Kind.INCLUDE);
    body(unit.nodes(), out);
    scope.pop();
    chain = outer;
    entered.pop();
  }

  /**
   * Renders the block of this name that is the nearest to the page from a level of the chain up.
   */
  private void block(Block placed, int from, Output out) {
    for (int level = from; level < chain.size(); level++) {
      Block block = chain.get(level).blocks().get(placed.name());
      if (block != null) {
        levels.push(new Level(placed.name(), level));
        enter("in the block `" + placed.name() + "`", placed.at(), chain.get(level));
        body(block.body(), out);
        entered.pop();
        levels.pop();
        return;
      }
    }
    throw new IllegalStateException("no block " + placed.name());
  }

  private void superBlock(Node.Super parent, Output out) {
    Level current = levels.element();
    block(new Block(parent.at(), current.block(), List.of()), current.level() + 1, out);
  }

  private String collect(MacroCall call) {
    StringBuilder collected = new StringBuilder();
    macro(call, Output.collecting(collected, budget.limits()));
    budget.madeText(collected.length());
    return collected.toString();
  }

  private void macro(MacroCall call, Output out) {
    Unit caller = program.unit(call.at().source().name());
    Unit holder = program.namespace(caller, call.namespace()).orElseThrow();
    Macro macro = Objects.requireNonNull(holder.macros().get(call.name()));
    Map<String, Value> given = new HashMap<>();
    for (Argument argument : call.arguments()) {
      given.put(argument.name(), evaluator.value(argument.value()));
    }
    enter(
        "in the macro `" + call.namespace() + "::" + call.name() + "`, called", call.at(), holder);
    scope.push(Scope.Kind.MACRO);
    for (Macro.Parameter parameter : macro.parameters()) {
      Literal preset = parameter.preset();
      Value value = given.get(parameter.name());
      if (value == null && preset != null) {
        value = preset.value();
      }
      if (value == null) {
        throw new IllegalStateException("unchecked call of " + macro.name());
      }
      scope.set(parameter.name(), value);
    }
    body(macro.body(), out);
    scope.pop();
    entered.pop();
  }

  private void enter(String what, Span at, Unit unit) {
    templates.add(unit.name());
    entered.push(new Entered(what, at));
  }
}
