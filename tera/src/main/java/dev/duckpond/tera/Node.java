package dev.duckpond.tera;

import dev.duckpond.tera.Expression.FilterCall;
import dev.duckpond.tera.Expression.Literal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is a part of a template that prints something or directs what is printed. */
sealed interface Node {
  /** Where it stands. */
  Span at();

  /** Text as it stands. */
  record Text(Span at, String text) implements Node {}

  /** A value to print: {@code {{ value }}}. */
  record Output(Span at, Expression value) implements Node {}

  /** The first branch whose condition holds, else the last part. */
  record If(Span at, List<Branch> branches, List<Node> otherwise) implements Node {}

  /** One condition and what it leads to. */
  record Branch(Expression condition, List<Node> body) {}

  /**
   * A loop.
   *
   * @param key the name of the key of an object's member, or null for arrays
   * @param empty what is printed when there is nothing to loop over
   */
  record For(
      Span at,
      @Nullable String key,
      String value,
      Expression container,
      List<Node> body,
      List<Node> empty)
      implements Node {}

  /** A variable to be set. */
  record Assignment(Span at, Reach reach, String name, Expression value) implements Node {}

  /** How far a variable is seen that is set inside a loop. */
  enum Reach {
    ITERATION,
    TEMPLATE
  }

  /** A section whose text goes through a filter. */
  record FilterSection(Span at, FilterCall filter, List<Node> body) implements Node {}

  /** Another template at this place: the first of those named that exists. */
  record Include(Span at, List<String> names, Absence absence) implements Node {}

  /** What it means when none of the templates of an include exists. */
  enum Absence {
    MISTAKE,
    IGNORED
  }

  /** A part that a template extending this one may replace. */
  record Block(Span at, String name, List<Node> body) implements Node {}

  /** The block that this one replaces. */
  record Super(Span at) implements Node {}

  /** The end of a loop. */
  record Break(Span at) implements Node {}

  /** The end of one iteration. */
  record Continue(Span at) implements Node {}

  /** A part that is printed wherever it is called; stands at the top of a template only. */
  record Macro(Span at, String name, List<Parameter> parameters, List<Node> body) {

    /**
     * A parameter of a macro.
     *
     * @param preset its value when it is not given, or null when it must be
     */
    record Parameter(Span at, String name, @Nullable Literal preset) {}
  }
}
