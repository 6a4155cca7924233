package dev.duckpond.tera;

import dev.duckpond.tera.RegexNode.Choice;
import dev.duckpond.tera.RegexNode.Condition;
import dev.duckpond.tera.RegexNode.One;
import dev.duckpond.tera.RegexNode.Place;
import dev.duckpond.tera.RegexNode.Repeat;
import dev.duckpond.tera.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Matches regular expressions in time proportional to the text, whatever the expression: all ways
 * through it are followed at once (Thompson, "Regular Expression Search Algorithm", 1968). Java's
 * own may take for ever, or all of the stack, with an expression that means harm.
 */
final class Regex {
  /** Most instructions of an expression. */
  private static final int MAX_INSTRUCTIONS = 5_000;

  /** One step of the way through an expression. */
  private sealed interface Instruction {
    /** Goes on after a character of a set. */
    record Take(IntPredicate set) implements Instruction {}

    /** Goes on when a condition holds. */
    record Check(Condition condition) implements Instruction {}

    /** Goes on at two places; at the same twice to jump. */
    record Fork(int one, int other) implements Instruction {}

    /** Is the end. */
    record Match() implements Instruction {}
  }

  private final List<Instruction> program = new ArrayList<>();
  private int work;

  private Regex() {}

  /**
   * Reads an expression.
   *
   * @throws CallException when it is none, or too large
   */
  static Regex compile(String pattern) {
    Regex regex = new Regex();
    regex.emit(RegexParser.parse(pattern));
    regex.add(new Instruction.Match());
    return regex;
  }

  /** Tells whether the expression matches somewhere in a text. */
  boolean matches(String text, Budget budget) {
    Threads now = new Threads(program.size());
    Threads next = new Threads(program.size());
    for (int at = 0; ; ) {
      if (follow(0, text, at, now)) {
        return true;
      }
      budget.spend(1 + now.count / 8);
      if (at == text.length()) {
        return false;
      }
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      next.clear();
      for (int i = 0; i < now.count; i++) {
        int place = now.places[i];
        if (program.get(place) instanceof Instruction.Take(IntPredicate set)
            && set.test(c)
            && follow(place + 1, text, at, next)) {
          return true;
        }
      }
      Threads spent = now;
      now = next;
      next = spent;
    }
  }

  /** Adds an instruction and all that is reached from it without a character; true at the end. */
  private boolean follow(int start, String text, int at, Threads threads) {
    threads.open(start);
    while (threads.hasOpen()) {
      int place = threads.takeOpen();
      switch (program.get(place)) {
        case Instruction.Match _ -> {
          return true;
        }
        case Instruction.Take _ -> {}
        case Instruction.Check(Condition condition) -> {
          if (condition.holds(text, at)) {
            threads.open(place + 1);
          }
        }
        case Instruction.Fork(int one, int other) -> {
          threads.open(one);
          threads.open(other);
        }
      }
    }
    return false;
  }

  /** The instructions that a character may go on from, each once. */
  private static final class Threads {
    private final int[] places;
    private final boolean[] known;
    private int count;
    private int opened;

    Threads(int size) {
      places = new int[size];
      known = new boolean[size];
    }

    void open(int place) {
      if (!known[place]) {
        known[place] = true;
        places[count++] = place;
      }
    }

    boolean hasOpen() {
      return opened < count;
    }

    int takeOpen() {
      return places[opened++];
    }

    void clear() {
      for (int i = 0; i < count; i++) {
        known[places[i]] = false;
      }
      count = 0;
      opened = 0;
    }
  }

  private void emit(RegexNode node) {
    if (++work > MAX_INSTRUCTIONS) {
      throw tooLarge();
    }
    switch (node) {
      case One(IntPredicate set) -> add(new Instruction.Take(set));
      case Place(Condition condition) -> add(new Instruction.Check(condition));
      case Sequence(List<RegexNode> parts) -> parts.forEach(this::emit);
      case Choice(List<RegexNode> options) -> emitChoice(options);
      case Repeat repeat -> emitRepeat(repeat);
    }
  }

  private void emitChoice(List<RegexNode> options) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < options.size() - 1; i++) {
      int fork = add(new Instruction.Match());
      emit(options.get(i));
      ends.add(add(new Instruction.Match()));
      program.set(fork, new Instruction.Fork(fork + 1, program.size()));
    }
    emit(options.getLast());
    ends.forEach(end -> program.set(end, new Instruction.Fork(program.size(), program.size())));
  }

  private void emitRepeat(Repeat repeat) {
    for (int i = 0; i < repeat.least(); i++) {
      emit(repeat.part());
    }
    if (repeat.most() == RegexNode.UNBOUNDED) {
      int fork = add(new Instruction.Match());
      emit(repeat.part());
      add(new Instruction.Fork(fork, fork));
      program.set(fork, new Instruction.Fork(fork + 1, program.size()));
      return;
    }
    List<Integer> forks = new ArrayList<>();
    for (int i = repeat.least(); i < repeat.most(); i++) {
      forks.add(add(new Instruction.Match()));
      emit(repeat.part());
    }
    forks.forEach(fork -> program.set(fork, new Instruction.Fork(fork + 1, program.size())));
  }

  private int add(Instruction instruction) {
    if (program.size() >= MAX_INSTRUCTIONS) {
      throw tooLarge();
    }
    program.add(instruction);
    return program.size() - 1;
  }

  private static CallException tooLarge() {
    return new CallException("the regular expression is too large", "Repeat less in it.");
  }
}
