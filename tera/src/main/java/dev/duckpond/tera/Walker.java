package dev.duckpond.tera;

import dev.duckpond.tera.Expression.Argument;
import dev.duckpond.tera.Expression.FilterCall;
import dev.duckpond.tera.Node.Block;
import dev.duckpond.tera.Node.Super;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Goes through a tree and shows every filter call and every expression once. */
final class Walker {
  private final Consumer<FilterCall> filters;
  private final Consumer<Expression> expressions;

  Walker(Consumer<FilterCall> filters, Consumer<Expression> expressions) {
    this.filters = filters;
    this.expressions = expressions;
  }

  /** Lists where a block prints the one it replaces; blocks within it are not looked at. */
  static List<Span> supers(Block block) {
    List<Span> found = new ArrayList<>();
    block.body().forEach(node -> addSupers(node, found));
    return found;
  }

  private static void addSupers(Node node, List<Span> found) {
    switch (node) {
      case Super self -> found.add(self.at());
      case Node.If conditional -> {
        conditional.branches().forEach(branch -> branch.body().forEach(n -> addSupers(n, found)));
        conditional.otherwise().forEach(n -> addSupers(n, found));
      }
      case Node.FilterSection section -> section.body().forEach(n -> addSupers(n, found));
      case Node.For _,
          Node.Text _,
          Node.Output _,
          Node.Assignment _,
          Node.Include _,
          Node.Break _,
          Node.Continue _,
          Block _ -> {}
    }
  }

  void node(Node node) {
    switch (node) {
      case Node.Output output -> expression(output.value());
      case Node.If conditional -> {
        for (Node.Branch branch : conditional.branches()) {
          expression(branch.condition());
          branch.body().forEach(this::node);
        }
        conditional.otherwise().forEach(this::node);
      }
      case Node.For loop -> {
        expression(loop.container());
        loop.body().forEach(this::node);
        loop.empty().forEach(this::node);
      }
      case Node.Assignment assignment -> expression(assignment.value());
      case Node.FilterSection section -> {
        filter(section.filter());
        section.body().forEach(this::node);
      }
      case Block block -> block.body().forEach(this::node);
      case Node.Text _, Node.Include _, Super _, Node.Break _, Node.Continue _ -> {}
    }
  }

  private void filter(FilterCall call) {
    filters.accept(call);
    arguments(call.arguments());
  }

  private void arguments(List<Argument> arguments) {
    arguments.forEach(argument -> expression(argument.value()));
  }

  private void expression(Expression expression) {
    expressions.accept(expression);
    switch (expression) {
      case Expression.Literal _, Expression.Variable _ -> {}
      case Expression.ArrayOf array -> array.items().forEach(this::expression);
      case Expression.Access access -> {
        expression(access.base());
        for (Expression.Step step : access.steps()) {
          if (step instanceof Expression.Index index) {
            expression(index.value());
          }
        }
      }
      case Expression.Arithmetic arithmetic -> {
        expression(arithmetic.first());
        arithmetic.rest().forEach(operand -> expression(operand.value()));
      }
      case Expression.Concat concat -> concat.parts().forEach(this::expression);
      case Expression.Comparison comparison -> {
        expression(comparison.left());
        expression(comparison.right());
      }
      case Expression.Membership membership -> {
        expression(membership.item());
        expression(membership.container());
      }
      case Expression.Logic logic -> logic.conditions().forEach(this::expression);
      case Expression.Not not -> expression(not.condition());
      case Expression.Test test -> {
        expression(test.subject());
        test.arguments().forEach(this::expression);
      }
      case Expression.Filtered filtered -> {
        expression(filtered.base());
        filtered.filters().forEach(this::filter);
      }
      case Expression.FunctionCall call -> arguments(call.arguments());
      case Expression.MacroCall call -> arguments(call.arguments());
    }
  }
}
