package dev.duckpond.tera;

import dev.duckpond.tera.RegexNode.Choice;
import dev.duckpond.tera.RegexNode.One;
import dev.duckpond.tera.RegexNode.Place;
import dev.duckpond.tera.RegexNode.Repeat;
import dev.duckpond.tera.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Parses regular expressions of the kind that Tera 1.x takes (Rust's crate regex): no references
 * back and no looking around, which is why matching them is quick.
 */
final class RegexParser {
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_NESTING = 50;
  private static final int MAX_COUNT = 1_000;

  private final String pattern;
  private final RegexClasses classes;
  private int at;
  private int nesting;
  private RegexFlags flags = RegexFlags.NONE;

  private RegexParser(String pattern) {
    this.pattern = pattern;
    this.classes = new RegexClasses(pattern);
  }

  static RegexNode parse(String pattern) {
    if (pattern.length() > MAX_LENGTH) {
      throw new CallException(
          "the regular expression is longer than " + MAX_LENGTH + " characters", "");
    }
    RegexParser parser = new RegexParser(pattern);
    RegexNode node = parser.choice();
    if (parser.at < pattern.length()) {
      throw parser.invalid("a bracket is closed that was not opened");
    }
    return node;
  }

  private RegexNode choice() {
    if (++nesting > MAX_NESTING) {
      throw invalid("nested more than " + MAX_NESTING + " levels");
    }
    RegexFlags outer = flags;
    List<RegexNode> options = new ArrayList<>(List.of(sequence()));
    while (accept("|")) {
      options.add(sequence());
    }
    flags = outer;
    nesting--;
    return options.size() == 1 ? options.getFirst() : new Choice(List.copyOf(options));
  }

  private RegexNode sequence() {
    List<RegexNode> parts = new ArrayList<>();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      if (!skipped()) {
        parts.add(repeated(atom()));
      }
    }
    return new Sequence(List.copyOf(parts));
  }

  /** Skips what the flag {@code x} lets stand between parts. */
  private boolean skipped() {
    if (!flags.extended()) {
      return false;
    }
    char c = pattern.charAt(at);
    if (c == '#') {
      int end = pattern.indexOf('\n', at);
      at = end < 0 ? pattern.length() : end + 1;
      return true;
    }
    if (Character.isWhitespace(c)) {
      at++;
      return true;
    }
    return false;
  }

  private RegexNode repeated(RegexNode part) {
    RegexNode node = part;
    int times = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      switch (c) {
        case '*' -> node = new Repeat(node, 0, RegexNode.UNBOUNDED);
        case '+' -> node = new Repeat(node, 1, RegexNode.UNBOUNDED);
        case '?' -> node = new Repeat(node, 0, 1);
        case '{' -> node = counted(node);
        default -> {
          return node;
        }
      }
      at++;
      // Whether as much or as little as possible makes no difference to whether there is a match.
      accept("?");
      if (++times > MAX_NESTING) {
        throw invalid("repeated more than " + MAX_NESTING + " times over");
      }
    }
    return node;
  }

  private RegexNode counted(RegexNode part) {
    int end = pattern.indexOf('}', at);
    if (end < 0) {
      throw invalid("`{` without `}`");
    }
    String[] counts = pattern.substring(at + 1, end).split(",", -1);
    at = end;
    int least = count(counts[0]);
    int most = least;
    if (counts.length == 2) {
      most = counts[1].isEmpty() ? RegexNode.UNBOUNDED : count(counts[1]);
    }
    if (counts.length > 2 || (most != RegexNode.UNBOUNDED && most < least)) {
      throw invalid("a repetition is `{2}`, `{2,}` or `{2,3}`");
    }
    return new Repeat(part, least, most);
  }

  private int count(String digits) {
    boolean plain = digits.matches("[0-9]{1,4}");
    if (!plain || Integer.parseInt(digits) > MAX_COUNT) {
      throw invalid("a repetition is a number up to " + MAX_COUNT);
    }
    return Integer.parseInt(digits);
  }

  private RegexNode atom() {
    char c = pattern.charAt(at);
    return switch (c) {
      case '(' -> group();
      case '[' -> {
        IntPredicate set = classes.bracket(at);
        at = classes.end();
        yield one(set);
      }
      case '^' -> place(flags.multiline() ? RegexPlaces::startOfLine : RegexPlaces::start);
      case '$' -> place(flags.multiline() ? RegexPlaces::endOfLine : RegexPlaces::end);
      case '.' -> {
        at++;
        boolean all = flags.dotAll();
        yield new One(any -> all || any != '\n');
      }
      case '*', '+', '?', '{' -> throw invalid("nothing to repeat");
      case '\\' -> escape();
      default -> {
        int literal = pattern.codePointAt(at);
        at += Character.charCount(literal);
        yield one(found -> found == literal);
      }
    };
  }

  private RegexNode place(RegexNode.Condition condition) {
    at++;
    return new Place(condition);
  }

  private RegexNode escape() {
    char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    RegexNode.Condition place =
        switch (c) {
          case 'b' -> RegexPlaces::wordBoundary;
          case 'B' -> RegexPlaces::noWordBoundary;
          case 'A' -> RegexPlaces::start;
          case 'z' -> RegexPlaces::end;
          default -> null;
        };
    if (place != null) {
      at += 2;
      return new Place(place);
    }
    IntPredicate set = classes.escape(at);
    at = classes.end();
    return one(set);
  }

  private RegexNode group() {
    at++;
    RegexFlags outer = flags;
    if (accept("?")) {
      if (accept("P<") || accept("<")) {
        int end = pattern.indexOf('>', at);
        if (end < 0 || !pattern.substring(at, end).matches("[A-Za-z_][A-Za-z0-9_]*")) {
          throw invalid("expected a name and `>`; there is no looking behind");
        }
        at = end + 1;
      } else {
        flags = flags();
        if (accept(")")) {
          return new Sequence(List.of());
        }
        if (!accept(":")) {
          throw invalid("expected flags and `:` or `)`; there is no looking ahead");
        }
      }
    }
    RegexNode node = choice();
    flags = outer;
    if (!accept(")")) {
      throw invalid("`(` without `)`");
    }
    return node;
  }

  private RegexFlags flags() {
    RegexFlags changed = flags;
    boolean on = true;
    while (at < pattern.length() && "imsxUu-".indexOf(pattern.charAt(at)) >= 0) {
      char flag = pattern.charAt(at++);
      on = on && flag != '-';
      changed = changed.with(flag, on);
    }
    return changed;
  }

  private RegexNode one(IntPredicate set) {
    if (!flags.caseless()) {
      return new One(set);
    }
    return new One(c ->
        set.test(c) || set.test(Character.toLowerCase(c)) || set.test(Character.toUpperCase(c)));
  }

  private boolean accept(String symbol) {
    boolean there = pattern.startsWith(symbol, at);
    at += there ? symbol.length() : 0;
    return there;
  }

  private CallException invalid(String problem) {
    return new CallException(
        "`" + pattern + "` is no regular expression: " + problem,
        "Put a backslash before a character that is meant itself.");
  }
}
