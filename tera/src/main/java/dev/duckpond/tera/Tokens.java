package dev.duckpond.tera;

import dev.duckpond.tera.Token.Kind;
import java.util.List;

/** Hands out the words of a template one after the other, and counts how deep they nest. */
final class Tokens {
  private final List<Token> tokens;
  private int next;
  private int nesting;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(next);
  }

  /** Looks further ahead; the last word stands for all after it. */
  Token peek(int ahead) {
    return tokens.get(Math.min(next + ahead, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(next);
    if (!token.is(Kind.END)) {
      next++;
    }
    return token;
  }

  /** Returns the word taken last. */
  Token last() {
    return tokens.get(Math.max(0, next - 1));
  }

  boolean accept(String symbol) {
    boolean there = peek().isSymbol(symbol);
    if (there) {
      take();
    }
    return there;
  }

  boolean acceptName(String name) {
    boolean there = peek().isName(name);
    if (there) {
      take();
    }
    return there;
  }

  Token expect(String symbol, String remedy) {
    if (!peek().isSymbol(symbol)) {
      throw unexpected("`" + symbol + "`", remedy);
    }
    return take();
  }

  Token expect(Kind kind, String what, String remedy) {
    if (!peek().is(kind)) {
      throw unexpected(what, remedy);
    }
    return take();
  }

  Fault unexpected(String expected, String remedy) {
    Token found = peek();
    return found.at().fault("expected " + expected + ", not " + found.described(), remedy);
  }

  /** Goes one level deeper; {@link #leave()} comes back. */
  void enter() {
    if (++nesting > Limits.MAX_NESTING) {
      throw peek()
          .at()
          .fault(
              "nested more than " + Limits.MAX_NESTING + " levels",
              "Set a variable to a part of it, or move a part into a macro.");
    }
  }

  void leave() {
    nesting--;
  }
}
