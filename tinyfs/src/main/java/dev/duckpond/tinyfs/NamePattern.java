package dev.duckpond.tinyfs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

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

    /** One of several alternatives, tried in the order written. */
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

  boolean startsWithLiteralDot() {
    return !tokens.isEmpty() && tokens.getFirst().equals(new Token.Literal('.'));
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
    int[] text = name.codePoints().toArray();
    Matching matching = new Matching(text);
    int[] ends = new int[tokens.size()];
    if (!matching.from(0, 0, ends)) {
      return Optional.empty();
    }
    List<String> captures = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (!(tokens.get(i) instanceof Token.Literal)) {
        int start = i == 0 ? 0 : ends[i - 1];
        captures.add(new String(text, start, ends[i] - start));
      }
    }
    return Optional.of(captures);
  }

  /** Answers every end that this whole pattern can reach from {@code start}. */
  private BitSet ends(int[] text, int start) {
    BitSet reached = new BitSet();
    reached.set(start);
    for (Token token : tokens) {
      BitSet next = new BitSet();
      for (int at = reached.nextSetBit(0); at >= 0; at = reached.nextSetBit(at + 1)) {
        next.or(tokenEnds(token, text, at));
      }
      reached = next;
    }
    return reached;
  }

  private static BitSet tokenEnds(Token token, int[] text, int at) {
    BitSet ends = new BitSet();
    switch (token) {
      case Token.Literal literal ->
          ends.set(at + 1, at < text.length && text[at] == literal.codePoint());
      case Token.AnyText any -> ends.set(at, text.length + 1);
      case Token.AnyCharacter any -> ends.set(at + 1, at < text.length);
      case Token.CharacterClass set -> ends.set(at + 1, at < text.length && holds(set, text[at]));
      case Token.Group group -> {
        for (NamePattern alternative : group.alternatives()) {
          ends.or(alternative.ends(text, at));
        }
      }
    }
    return ends;
  }

  private static boolean holds(Token.CharacterClass set, int codePoint) {
    boolean in =
        set.spans().stream()
            .anyMatch(span -> codePoint >= span.first() && codePoint <= span.last());
    return in != set.negated();
  }

  /** One attempt on one name. */
  private final class Matching {
    private final int[] text;
    private final BitSet failed = new BitSet();

    Matching(int[] text) {
      this.text = text;
    }

    boolean from(int token, int at, int[] ends) {
      if (token == tokens.size()) {
        return at == text.length;
      }
      int state = token * (text.length + 1) + at;
      if (failed.get(state)) {
        return false;
      }
      BitSet reachable = tokenEnds(tokens.get(token), text, at);
      for (int end = reachable.length() - 1; end >= 0; end = reachable.previousSetBit(end - 1)) {
        ends[token] = end;
        if (from(token + 1, end, ends)) {
          return true;
        }
      }
      failed.set(state);
      return false;
    }
  }
}
