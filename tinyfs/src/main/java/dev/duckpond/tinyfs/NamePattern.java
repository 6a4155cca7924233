package dev.duckpond.tinyfs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The pattern of one name: literal text, {@code *}, {@code ?}, classes and brace groups, in order.
 *
 * <p>Matching remembers what failed, so that it takes time proportional to the pattern times the
 * square of the name's length, whatever the pattern: a regular expression could take for ever.
 */
record NamePattern(List<Token> tokens) {
  /** One element of a name pattern; all but {@link Literal} capture what they match. */
  sealed interface Token {
    record Literal(int codePoint) implements Token {}

    /** Any text, also none; takes as much as it can. */
    record AnyText() implements Token {}

    record AnyCharacter() implements Token {}

    record CharacterClass(boolean negated, List<Span> spans) implements Token {}

    /** One of several alternatives; the longest that lets the rest match. */
    record Group(List<NamePattern> alternatives) implements Token {}
  }

  /** The characters from one to another, both included. */
  record Span(int first, int last) {}

  NamePattern {
    tokens = List.copyOf(tokens);
  }

  boolean isLiteral() {
    return tokens.stream().allMatch(Token.Literal.class::isInstance);
  }

  String literalText() {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens) {
      if (token instanceof Token.Literal literal) {
        text.appendCodePoint(literal.codePoint());
      }
    }
    return text.toString();
  }

  int captureCount() {
    return (int) tokens.stream().filter(token -> !(token instanceof Token.Literal)).count();
  }

  /** Finds what the wildcards match when the whole name matches. */
  Optional<List<String>> match(String name) {
    int[] text = codePoints(name);
    Optional<int[]> found = new Matching(text, false).run();
    return found.map(ends -> {
      List<String> captures = new ArrayList<>();
      for (int i = 0; i < tokens.size(); i++) {
        if (!(tokens.get(i) instanceof Token.Literal)) {
          int start = i == 0 ? 0 : ends[i - 1];
          captures.add(new String(text, start, ends[i] - start));
        }
      }
      return captures;
    });
  }

  /** Tells whether the whole name matches. */
  boolean matches(String name) {
    return new Matching(codePoints(name), false).run().isPresent();
  }

  /**
   * Tells whether the whole name matches without a wildcard at a leading dot: hidden names are
   * matched by those who write the dot.
   */
  boolean matchesVisibly(String name) {
    return new Matching(codePoints(name), true).run().isPresent();
  }

  /** One attempt on one name. */
  private final class Matching {
    private final int[] text;
    private final boolean dotIsGuarded;
    private final BitSet failed = new BitSet();
    private final int[] ends = new int[tokens.size()];

    Matching(int[] text, boolean visibly) {
      this.text = text;
      this.dotIsGuarded = visibly && text.length > 0 && text[0] == '.';
    }

    /** Finds where each token ends. */
    Optional<int[]> run() {
      return from(0, 0) ? Optional.of(ends) : Optional.empty();
    }

    private boolean from(int token, int at) {
      if (token == tokens.size()) {
        return at == text.length;
      }
      int state = token * (text.length + 1) + at;
      if (failed.get(state)) {
        return false;
      }
      boolean free = !(dotIsGuarded && at == 0);
      boolean matched =
          switch (tokens.get(token)) {
            case Token.Literal literal ->
                at < text.length && text[at] == literal.codePoint() && end(token, at + 1);
            case Token.AnyCharacter any -> free && at < text.length && end(token, at + 1);
            case Token.CharacterClass set ->
                free && at < text.length && holds(set, text[at]) && end(token, at + 1);
            case Token.AnyText any -> free && endsFrom(token, at);
            case Token.Group group -> groupFrom(token, group, at);
          };
      if (!matched) {
        failed.set(state);
      }
      return matched;
    }

    private boolean end(int token, int end) {
      ends[token] = end;
      return from(token + 1, end);
    }

    private boolean endsFrom(int token, int at) {
      for (int end = text.length; end >= at; end--) {
        if (end(token, end)) {
          return true;
        }
      }
      return false;
    }

    private boolean groupFrom(int token, Token.Group group, int at) {
      BitSet start = new BitSet();
      start.set(at);
      BitSet reachable = ends(group, start);
      for (int end = reachable.length() - 1; end >= 0; end = reachable.previousSetBit(end - 1)) {
        if (end(token, end)) {
          return true;
        }
      }
      return false;
    }

    /** Answers every end that a token can reach from any of some starts. */
    private BitSet ends(Token token, BitSet starts) {
      return switch (token) {
        case Token.Literal literal -> step(starts, c -> c == literal.codePoint());
        case Token.AnyCharacter any -> step(unguarded(starts), c -> true);
        case Token.CharacterClass set -> step(unguarded(starts), c -> holds(set, c));
        case Token.AnyText any -> {
          BitSet free = unguarded(starts);
          BitSet ends = new BitSet();
          if (!free.isEmpty()) {
            ends.set(free.nextSetBit(0), text.length + 1);
          }
          yield ends;
        }
        case Token.Group group -> {
          BitSet ends = new BitSet();
          for (NamePattern alternative : group.alternatives()) {
            BitSet reached = starts;
            for (Token inner : alternative.tokens()) {
              reached = ends(inner, reached);
            }
            ends.or(reached);
          }
          yield ends;
        }
      };
    }

    private BitSet step(BitSet starts, IntPredicate wanted) {
      BitSet ends = new BitSet();
      for (int at = starts.nextSetBit(0); at >= 0; at = starts.nextSetBit(at + 1)) {
        if (at < text.length && wanted.test(text[at])) {
          ends.set(at + 1);
        }
      }
      return ends;
    }

    private BitSet unguarded(BitSet starts) {
      if (!dotIsGuarded || !starts.get(0)) {
        return starts;
      }
      BitSet free = (BitSet) starts.clone();
      free.clear(0);
      return free;
    }
  }

  private static int[] codePoints(String name) {
    int[] out = new int[name.codePointCount(0, name.length())];
    int at = 0;
    for (int i = 0; i < out.length; i++) {
      out[i] = name.codePointAt(at);
      at += Character.charCount(out[i]);
    }
    return out;
  }

  private static boolean holds(Token.CharacterClass set, int codePoint) {
    boolean in = false;
    for (Span span : set.spans()) {
      in |= codePoint >= span.first() && codePoint <= span.last();
    }
    return in != set.negated();
  }
}
