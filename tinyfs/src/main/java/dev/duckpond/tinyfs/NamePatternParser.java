package dev.duckpond.tinyfs;

import dev.duckpond.tinyfs.NamePattern.Span;
import dev.duckpond.tinyfs.NamePattern.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads the pattern of one name. Used once. */
final class NamePatternParser {
  /** The longest pattern of one name, in code points; matching goes as deep as it is long. */
  static final int MAX_LENGTH = 2048;

  private static final int MAX_DEPTH = 8;

  private final String pattern;
  private final int[] text;
  private int at;

  NamePatternParser(String pattern, String name) {
    this.pattern = pattern;
    this.text = name.codePoints().toArray();
  }

  NamePattern parse() {
    if (text.length > MAX_LENGTH) {
      throw new PondException.Usage(
          "the pattern '" + pattern.substring(0, 40) + "…' is too long",
          "the part for one name holds more than " + MAX_LENGTH + " characters",
          "Shorten it.");
    }
    return sequence(0);
  }

  private NamePattern sequence(int depth) {
    if (depth > MAX_DEPTH) {
      throw mistake("its braces are nested deeper than " + MAX_DEPTH);
    }
    List<Token> tokens = new ArrayList<>();
    while (at < text.length && !(depth > 0 && (text[at] == ',' || text[at] == '}'))) {
      Token token = token(depth);
      // Two stars in a row match what one matches.
      if (!(token instanceof Token.AnyText
          && !tokens.isEmpty()
          && tokens.getLast().equals(token))) {
        tokens.add(token);
      }
    }
    return new NamePattern(tokens);
  }

  private Token token(int depth) {
    int c = text[at++];
    return switch (c) {
      case '*' -> new Token.AnyText();
      case '?' -> new Token.AnyCharacter();
      case '[' -> characterClass();
      case '{' -> group(depth + 1);
      case '\\' -> {
        if (at == text.length) {
          throw mistake("it ends with a backslash");
        }
        yield new Token.Literal(text[at++]);
      }
      default -> new Token.Literal(c);
    };
  }

  private Token group(int depth) {
    List<NamePattern> alternatives = new ArrayList<>();
    alternatives.add(sequence(depth));
    while (at < text.length && text[at] == ',') {
      at++;
      alternatives.add(sequence(depth));
    }
    if (at == text.length) {
      throw mistake("a '{' has no '}' in the same name");
    }
    at++;
    return new Token.Group(List.copyOf(alternatives));
  }

  private Token characterClass() {
    boolean negated = at < text.length && text[at] == '!';
    if (negated) {
      at++;
    }
    List<Span> spans = new ArrayList<>();
    // A ']' that comes first belongs to the class, as in every shell.
    while (at < text.length && (text[at] != ']' || spans.isEmpty())) {
      int first = classCharacter();
      int last = first;
      if (at + 1 < text.length && text[at] == '-' && text[at + 1] != ']') {
        at++;
        last = classCharacter();
      }
      if (last < first) {
        throw mistake("a range in '[…]' runs backwards");
      }
      spans.add(new Span(first, last));
    }
    if (at == text.length) {
      throw mistake("a '[' has no ']' in the same name");
    }
    at++;
    return new Token.CharacterClass(negated, List.copyOf(spans));
  }

  private int classCharacter() {
    if (text[at] == '\\' && at + 1 < text.length) {
      at++;
    }
    return text[at++];
  }

  private PondException mistake(String reason) {
    return new PondException.Usage(
        "the pattern '" + pattern + "' cannot be read",
        reason,
        "Put a backslash before a character that stands for itself.");
  }
}
