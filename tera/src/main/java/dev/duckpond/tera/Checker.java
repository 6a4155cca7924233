package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Argument;
import dev.duckpond.tera.Expression.FilterCall;
import dev.duckpond.tera.Expression.MacroCall;
import dev.duckpond.tera.Node.Block;
import dev.duckpond.tera.Node.Macro;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checks before rendering that everything which is called exists and takes what it is given. */
final class Checker {
  private final Library library;
  private final Program program;
  private final List<Fault> faults;

  private Checker(Library library, Program program, List<Fault> faults) {
    this.library = library;
    this.program = program;
    this.faults = faults;
  }

  /** Adds the mistakes of one template of a program. */
  static void check(Unit unit, Program program, Library library, List<Fault> faults) {
    Checker checker = new Checker(library, program, faults);
    Walker walker = new Walker(checker::filter, call -> checker.call(unit, call));
    unit.nodes().forEach(walker::node);
    unit.macros().values().forEach(macro -> macro.body().forEach(walker::node));
    unit.blocks().values().forEach(block -> checker.block(unit, block));
  }

  private void filter(FilterCall call) {
    Optional<Filter> filter = library.filter(call.name());
    if (filter.isEmpty()) {
      unknown(call.at(), "filter", call.name(), names(library.filters()));
      return;
    }
    arguments(call.at(), filter.get(), call.arguments());
  }

  private void call(Unit unit, Expression expression) {
    switch (expression) {
      case Expression.FunctionCall call -> function(call);
      case Expression.Test test -> test(test);
      case MacroCall call -> macro(unit, call);
      case Expression.Literal _,
          Expression.ArrayOf _,
          Expression.Variable _,
          Expression.Access _,
          Expression.Arithmetic _,
          Expression.Concat _,
          Expression.Comparison _,
          Expression.Membership _,
          Expression.Logic _,
          Expression.Not _,
          Expression.Filtered _ -> {}
    }
  }

  private void function(Expression.FunctionCall call) {
    Optional<Function> function = library.function(call.name());
    if (function.isPresent()) {
      arguments(call.at(), function.get(), call.arguments());
    } else if (call.name().equals("super")) {
      faults.add(call.at().fault("`super()` stands alone or nowhere", "Write `{{ super() }}`."));
    } else if (library.filter(call.name()).isPresent()) {
      faults.add(
          call.at()
              .fault(
                  "`" + call.name() + "` is a filter, not a function",
                  "Write `value | " + call.name() + "`."));
    } else {
      unknown(call.at(), "function", call.name(), names(library.functions()));
    }
  }

  private void test(Expression.Test call) {
    Optional<ValueTest> test = library.test(call.name());
    if (test.isEmpty()) {
      unknown(call.at(), "test", call.name(), names(library.tests()));
      return;
    }
    int given = call.arguments().size();
    int most = test.get().parameters().size();
    if (given != most) {
      String takes = most == 0 ? "no argument" : most == 1 ? "one argument" : most + " arguments";
      faults.add(
          call.at().fault(test.get().described() + " takes " + takes + ", not " + given, ""));
    }
  }

  private void arguments(Span at, Callable callable, List<Argument> arguments) {
    List<String> names = callable.parameters().stream().map(Parameter::name).toList();
    for (Argument argument : arguments) {
      if (callable.parameter(argument.name()).isEmpty()) {
        unknownArgument(argument, callable.described(), names);
      }
    }
    for (Parameter parameter : callable.parameters()) {
      boolean given = arguments.stream().anyMatch(a -> a.name().equals(parameter.name()));
      if (parameter.presence() == Parameter.Presence.REQUIRED && !given) {
        missingArgument(at, callable.described(), parameter.name());
      }
    }
  }

  private void macro(Unit unit, MacroCall call) {
    Optional<Unit> holder = program.namespace(unit, call.namespace());
    if (holder.isEmpty()) {
      String remedy =
          Nearest.sentence(
              call.namespace(),
              unit.imports().keySet(),
              "Import it with `{% import \"file\" as " + call.namespace() + " %}`.");
      faults.add(call.at().fault("nothing is imported as `" + call.namespace() + "`", remedy));
      return;
    }
    Macro macro = holder.get().macros().get(call.name());
    if (macro == null) {
      String remedy = Nearest.sentence(call.name(), holder.get().macros().keySet(), "");
      String problem = "`" + holder.get().name() + "` has no macro `" + call.name() + "`";
      faults.add(call.at().fault(problem, remedy));
      return;
    }
    String described = "macro `" + call.name() + "`";
    List<String> names = macro.parameters().stream().map(Macro.Parameter::name).toList();
    call.arguments().stream()
        .filter(argument -> !names.contains(argument.name()))
        .forEach(argument -> unknownArgument(argument, described, names));
    for (Macro.Parameter parameter : macro.parameters()) {
      boolean given = call.arguments().stream().anyMatch(a -> a.name().equals(parameter.name()));
      if (parameter.preset() == null && !given) {
        missingArgument(call.at(), described, parameter.name());
      }
    }
  }

  /** Checks that a block which prints the one it replaces does replace one. */
  private void block(Unit unit, Block block) {
    boolean replaces =
        program.chain(unit.name()).stream()
            .skip(1)
            .anyMatch(parent -> parent.blocks().containsKey(block.name()));
    if (!replaces) {
      Walker.supers(block)
          .forEach(at ->
              faults.add(
                  at.fault(
                      "no parent template has the block `" + block.name() + "`",
                      "Take `super()` out.")));
    }
  }

  private void unknown(Span at, String kind, String name, List<String> names) {
    String problem = "there is no " + kind + " `" + name + "`";
    faults.add(at.fault(problem, Nearest.sentence(name, names, "")));
  }

  private void unknownArgument(Argument argument, String described, List<String> names) {
    String otherwise = names.isEmpty() ? "It takes none." : "It takes " + String.join(", ", names);
    faults.add(
        argument
            .at()
            .fault(
                described + " has no argument `" + argument.name() + "`",
                Nearest.sentence(argument.name(), names, otherwise + ".").replace("..", ".")));
  }

  private void missingArgument(Span at, String described, String name) {
    faults.add(at.fault(described + " needs the argument `" + name + "`", ""));
  }

  private static List<String> names(Collection<? extends Callable> callables) {
    return callables.stream().map(Callable::name).toList();
  }
}
