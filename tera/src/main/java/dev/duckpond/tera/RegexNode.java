package dev.duckpond.tera;

import java.util.List;
import java.util.function.IntPredicate;

/** Is a part of a regular expression. */
sealed interface RegexNode {
  /** One character of a set. */
  record One(IntPredicate set) implements RegexNode {}

  /** A condition on the place, which takes no character. */
  record Place(Condition condition) implements RegexNode {}

  /** One part after the other. */
  record Sequence(List<RegexNode> parts) implements RegexNode {}

  /** One of several. */
  record Choice(List<RegexNode> options) implements RegexNode {}

  /**
   * One part several times.
   *
   * @param most {@link #UNBOUNDED} for any number
   */
  record Repeat(RegexNode part, int least, int most) implements RegexNode {}

  /** Any number of times. */
  int UNBOUNDED = -1;

  /** Answers whether a place is meant. */
  @FunctionalInterface
  interface Condition {
    boolean holds(String text, int at);
  }
}
