package dev.duckpond.tera;

import dev.duckpond.tera.Expression.FilterCall;
import dev.duckpond.tera.Expression.FunctionCall;
import dev.duckpond.tera.Node.Absence;
import dev.duckpond.tera.Node.Assignment;
import dev.duckpond.tera.Node.Block;
import dev.duckpond.tera.Node.Branch;
import dev.duckpond.tera.Node.Break;
import dev.duckpond.tera.Node.Continue;
import dev.duckpond.tera.Node.FilterSection;
import dev.duckpond.tera.Node.For;
import dev.duckpond.tera.Node.If;
import dev.duckpond.tera.Node.Include;
import dev.duckpond.tera.Node.Output;
import dev.duckpond.tera.Node.Reach;
import dev.duckpond.tera.Node.Super;
import dev.duckpond.tera.Node.Text;
import dev.duckpond.tera.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses text, outputs and tags with what is between them. */
final class SectionParser {
  private static final Set<String> TAGS =
      Set.of(
          "if",
          "for",
          "set",
          "set_global",
          "filter",
          "include",
          "block",
          "break",
          "continue",
          "raw",
          "macro",
          "import",
          "extends");

  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final Map<String, Block> blocks;
  private final List<Include> includes;

  SectionParser(Tokens tokens, Map<String, Block> blocks, List<Include> includes) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
    this.blocks = blocks;
    this.includes = includes;
  }

  Node node(Surroundings within) {
    Token token = tokens.take();
    return switch (token.kind()) {
      case TEXT -> new Text(token.at(), token.text());
      case OUTPUT_OPEN -> output(within);
      case TAG_OPEN -> tag(within);
      case OUTPUT_CLOSE, TAG_CLOSE, NAME, INTEGER, FLOAT, STRING, SYMBOL, END ->
          throw new IllegalStateException("not the start of a node: " + token);
    };
  }

  private Node output(Surroundings within) {
    Expression value = expressions.expression();
    tokens.expect(Kind.OUTPUT_CLOSE, "`}}`", "");
    if (value instanceof FunctionCall call && call.name().equals("super")) {
      if (within != Surroundings.BLOCK || !call.arguments().isEmpty()) {
        throw call.at()
            .fault(
                "`super()` stands outside of a block",
                "It prints, without arguments, what a block of the parent template holds.");
      }
      return new Super(call.at());
    }
    return new Output(value.at(), value);
  }

  private Node tag(Surroundings within) {
    Token keyword = tokens.expect(Kind.NAME, "the name of a tag", "");
    tokens.enter();
    Node node =
        switch (keyword.text()) {
          case "if" -> conditional(keyword.at(), within);
          case "for" -> loop(keyword.at(), within);
          case "set" -> assignment(keyword.at(), Reach.ITERATION);
          case "set_global" -> assignment(keyword.at(), Reach.TEMPLATE);
          case "filter" -> filterSection(keyword.at(), within);
          case "include" -> include(keyword.at());
          case "block" -> block(keyword.at(), within);
          case "break" -> leaving(keyword, within, new Break(keyword.at()));
          case "continue" -> leaving(keyword, within, new Continue(keyword.at()));
          case "import", "macro", "extends" ->
              throw keyword
                  .at()
                  .fault(
                      "`" + keyword.text() + "` stands inside of something else",
                      "Move it to the top of the template.");
          default -> throw unknown(keyword);
        };
    tokens.leave();
    return node;
  }

  private static Fault unknown(Token keyword) {
    String name = keyword.text();
    if (name.startsWith("end") || name.equals("else") || name.equals("elif")) {
      return keyword.at().fault("nothing is open that `" + name + "` belongs to", "");
    }
    String remedy = Nearest.sentence(name, TAGS, "A value is printed with double curly brackets.");
    return keyword.at().fault("there is no tag `" + name + "`", remedy);
  }

  void close() {
    tokens.expect(Kind.TAG_CLOSE, "`%}`", "");
  }

  /** Parses up to one of the tags that may end a section, and takes that tag's name. */
  List<Node> body(Span opened, Surroundings within, String... ends) {
    List<Node> nodes = new ArrayList<>();
    while (!tokens.peek().is(Kind.END)) {
      Token keyword = tokens.peek(1);
      if (tokens.peek().is(Kind.TAG_OPEN) && Arrays.stream(ends).anyMatch(keyword::isName)) {
        tokens.take();
        tokens.take();
        return List.copyOf(nodes);
      }
      nodes.add(node(within));
    }
    String tag = opened.source().text().substring(opened.start(), opened.end());
    throw opened.fault(
        "the `" + tag + "` has no end", "Close it with `{% " + ends[ends.length - 1] + " %}`.");
  }

  private If conditional(Span keyword, Surroundings within) {
    List<Branch> branches = new ArrayList<>();
    List<Node> otherwise = List.of();
    do {
      Expression condition = expressions.expression();
      close();
      List<Node> body = body(keyword, within, "elif", "else", "endif");
      branches.add(new Branch(condition, body));
    } while (tokens.last().isName("elif"));
    if (tokens.last().isName("else")) {
      close();
      otherwise = body(keyword, within, "endif");
    }
    close();
    return new If(keyword, List.copyOf(branches), otherwise);
  }

  private For loop(Span keyword, Surroundings within) {
    String value = name("the name of a variable");
    @Nullable String key = null;
    if (tokens.accept(",")) {
      key = value;
      value = name("the name of a variable");
    }
    if (!tokens.acceptName("in")) {
      throw tokens.unexpected("`in`", "Write `{% for item in items %}`.");
    }
    Expression container = expressions.expression();
    close();
    List<Node> body = body(keyword, Surroundings.LOOP, "else", "endfor");
    List<Node> empty = List.of();
    if (tokens.last().isName("else")) {
      close();
      empty = body(keyword, within.aside(), "endfor");
    }
    close();
    return new For(keyword, key, value, container, body, empty);
  }

  private Assignment assignment(Span keyword, Reach reach) {
    String name = name("the name of a variable");
    tokens.expect("=", "Write `{% set name = value %}`.");
    Expression value = expressions.expression();
    close();
    return new Assignment(keyword, reach, name, value);
  }

  private FilterSection filterSection(Span keyword, Surroundings within) {
    FilterCall filter = expressions.filterCall();
    close();
    List<Node> body = body(keyword, within.section(), "endfilter");
    close();
    return new FilterSection(keyword, filter, body);
  }

  private Include include(Span keyword) {
    String remedy = "Names are fixed, not computed.";
    List<String> names = new ArrayList<>();
    if (tokens.accept("[")) {
      while (!tokens.accept("]")) {
        names.add(tokens.expect(Kind.STRING, "the name of a template in quotes", remedy).text());
        if (!tokens.peek().isSymbol("]")) {
          tokens.expect(",", "Close the list with `]`.");
        }
      }
    } else {
      names.add(tokens.expect(Kind.STRING, "the name of a template in quotes", remedy).text());
    }
    Span at = keyword.to(tokens.last().at());
    Absence absence = Absence.MISTAKE;
    if (tokens.acceptName("ignore")) {
      if (!tokens.acceptName("missing")) {
        throw tokens.unexpected("`missing`", "Write `ignore missing`.");
      }
      absence = Absence.IGNORED;
    }
    close();
    Include include = new Include(at, List.copyOf(names), absence);
    includes.add(include);
    return include;
  }

  private Block block(Span keyword, Surroundings within) {
    if (!within.takesBlocks()) {
      throw keyword.fault(
          "a block stands inside of a loop or macro", "Put the loop or the call inside the block.");
    }
    String name = name("the name of the block");
    Span at = keyword.to(tokens.last().at());
    close();
    List<Node> body = body(keyword, Surroundings.BLOCK, "endblock");
    end("block", name);
    Block block = new Block(at, name, body);
    if (blocks.put(name, block) != null) {
      throw at.fault("the block `" + name + "` is there twice", "Rename one.");
    }
    return block;
  }

  private Node leaving(Token keyword, Surroundings within, Node node) {
    close();
    if (within != Surroundings.LOOP) {
      throw keyword
          .at()
          .fault("`" + keyword.text() + "` stands outside of a loop", "It belongs into a `for`.");
    }
    return node;
  }

  /** Takes the rest of an end tag, which may repeat the name of what it ends. */
  void end(String what, String name) {
    Token repeated = tokens.peek();
    if (repeated.is(Kind.NAME) && !tokens.acceptName(name)) {
      throw repeated
          .at()
          .fault(
              "this ends `" + repeated.text() + "`, but the " + what + " is `" + name + "`",
              "Write the same name, or none.");
    }
    close();
  }

  String name(String what) {
    return tokens.expect(Kind.NAME, what, "").text();
  }
}
