package dev.duckpond.tera;

import dev.duckpond.tera.Node.Block;
import dev.duckpond.tera.Node.Include;
import dev.duckpond.tera.Node.Macro;
import dev.duckpond.tera.Node.Text;
import dev.duckpond.tera.Token.Kind;
import dev.duckpond.tera.Unit.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses one template: what may stand at its top, and the rest through {@link SectionParser}. */
final class TemplateParser {
  private final Source source;
  private final Tokens tokens;
  private final SectionParser sections;
  private final Map<String, Reference> imports = new LinkedHashMap<>();
  private final Map<String, Macro> macros = new LinkedHashMap<>();
  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private final List<Include> includes = new ArrayList<>();
  private Optional<Reference> parent = Optional.empty();

  private TemplateParser(Source source) {
    this.source = source;
    this.tokens = new Tokens(Lexer.tokens(source));
    this.sections = new SectionParser(tokens, blocks, includes);
  }

  /**
   * Parses a template.
   *
   * @throws Fault where it is not Tera
   */
  static Unit parse(Source source) {
    return new TemplateParser(source).template();
  }

  private Unit template() {
    List<Node> nodes = new ArrayList<>();
    while (!tokens.peek().is(Kind.END)) {
      Token keyword = tokens.peek().is(Kind.TAG_OPEN) ? tokens.peek(1) : tokens.peek();
      switch (keyword.is(Kind.NAME) ? keyword.text() : "") {
        case "extends" -> parent = Optional.of(extended(nodes));
        case "import" -> imported();
        case "macro" -> macro();
        default -> nodes.add(sections.node(Surroundings.TOP));
      }
    }
    return new Unit(
        source,
        parent,
        Map.copyOf(imports),
        Map.copyOf(macros),
        Map.copyOf(blocks),
        List.copyOf(includes),
        List.copyOf(nodes));
  }

  private Reference extended(List<Node> before) {
    tokens.take();
    Span keyword = tokens.take().at();
    boolean first =
        macros.isEmpty()
            && parent.isEmpty()
            && before.stream().allMatch(node -> node instanceof Text t && t.text().isBlank());
    if (!first) {
      throw keyword.fault(
          "`extends` is not the first thing in the template",
          "Move it to the top; a template extends one other at most.");
    }
    Token name = templateName();
    sections.close();
    return new Reference(name.at(), name.text());
  }

  private void imported() {
    tokens.take();
    tokens.take();
    Token name = templateName();
    if (!tokens.acceptName("as")) {
      throw tokens.unexpected("`as`", "Write `{% import \"file\" as name %}`.");
    }
    Token namespace = tokens.expect(Kind.NAME, "the name for its macros", "");
    sections.close();
    if (namespace.text().equals("self")) {
      throw namespace.at().fault("`self` is the template itself", "Choose another name.");
    }
    if (imports.put(namespace.text(), new Reference(name.at(), name.text())) != null) {
      throw namespace
          .at()
          .fault("`" + namespace.text() + "` is imported twice", "Choose another name.");
    }
  }

  private Token templateName() {
    return tokens.expect(
        Kind.STRING, "the name of a template in quotes", "Names are fixed, not computed.");
  }

  private void macro() {
    Macro macro = new MacroParser(tokens, sections).macro();
    if (macros.put(macro.name(), macro) != null) {
      throw macro.at().fault("the macro `" + macro.name() + "` is there twice", "Rename one.");
    }
  }
}
