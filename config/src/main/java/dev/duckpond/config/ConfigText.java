package dev.duckpond.config;

import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses YAML 1.2 into configurations. The one place that knows the parser. */
public final class ConfigText {
  /** Longest text that is read. */
  static final int MAX_CHARS = 1 << 20;

  /** Names that stand for lists and mappings, which a hostile text could multiply by them. */
  private static final int MAX_ALIASES = 100;

  private ConfigText() {}

  /**
   * Parses a text of exactly one document.
   *
   * @param source what messages call it
   * @throws PondException.Invalid where it is not YAML, naming line and column
   */
  public static ConfigNode parse(String source, String yaml, Variables variables) {
    Mistakes mistakes = new Mistakes(source);
    ConfigNode node = parse(source, yaml, variables, mistakes);
    mistakes.requireNone();
    return node;
  }

  /**
   * Parses a text as {@link #parse(String, String, Variables)} does; keys that stand twice and
   * variables that are missing are reported, to be told with other mistakes.
   */
  public static ConfigNode parse(
      String source, String yaml, Variables variables, Mistakes mistakes) {
    List<ConfigNode> documents = parseAll(source, yaml, variables, mistakes);
    if (documents.size() != 1) {
      throw new PondException.Invalid(
          "'" + source + "' is no configuration",
          documents.isEmpty() ? "it is empty" : "it holds " + documents.size() + " documents",
          documents.isEmpty() ? "Write what the node needs." : "Leave one of them.");
    }
    return documents.getFirst();
  }

  /** Parses a text of any number of documents; empty ones are left out. */
  public static List<ConfigNode> parseAll(String source, String yaml, Variables variables) {
    Mistakes mistakes = new Mistakes(source);
    List<ConfigNode> documents = parseAll(source, yaml, variables, mistakes);
    mistakes.requireNone();
    return documents;
  }

  private static List<ConfigNode> parseAll(
      String source, String yaml, Variables variables, Mistakes mistakes) {
    List<ConfigNode> documents = new ArrayList<>();
    for (Node document : compose(source, yaml)) {
      ConfigNode node = new NodeReader(variables, mistakes).read(document);
      if (!(node instanceof ConfigNode.Scalar empty) || empty.kind() != ConfigNode.Kind.NOTHING) {
        documents.add(node);
      }
    }
    return List.copyOf(documents);
  }

  /** Lists the documents of a text as the parser sees them. */
  static List<Node> compose(String source, String yaml) {
    if (yaml.length() > MAX_CHARS) {
      throw new PondException.Invalid(
          "'" + source + "' is too long for a configuration",
          yaml.length() + " characters; " + MAX_CHARS + " are the limit",
          "");
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setAllowDuplicateKeys(true) // reported together with all other mistakes
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(MAX_CHARS)
            .build();
    List<Node> documents = new ArrayList<>();
    try {
      new Compose(settings).composeAllFromString(yaml).forEach(documents::add);
      return documents;
    } catch (MarkedYamlEngineException e) {
      throw notYaml(source, e);
    } catch (YamlEngineException e) {
      throw new PondException.Invalid(
          "'" + source + "' is not YAML", String.valueOf(e.getMessage()), "", e);
    } catch (StackOverflowError e) {
      // The parser has no limit of its own for text of [[[[….
      throw new PondException.Invalid("'" + source + "' is nested too deeply", "", "", e);
    }
  }

  static ConfigPlace place(Mark mark) {
    return new ConfigPlace(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static PondException notYaml(String source, MarkedYamlEngineException e) {
    ConfigPlace place = e.getProblemMark().map(ConfigText::place).orElse(ConfigPlace.START);
    String problem = String.valueOf(e.getProblem());
    String advice =
        ADVICE.entrySet().stream()
            .filter(known -> problem.contains(known.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    return new PondException.Invalid(source + ":" + place, "it is not YAML: " + problem, advice, e);
  }

  /** What to do about the mistakes that people make most. */
  private static final Map<String, String> ADVICE =
      Map.of(
          "'\\t(TAB)'", "Indent with spaces.",
          "cannot start any token", "Put the value in quotes.",
          "mapping values are not allowed here",
              "Put a value that holds ': ' in quotes, and look at the indentation above.",
          "expected ',' or", "Close what '{' or '[' opened, or put the value in quotes.",
          "expected <block end>", "Look at the indentation of this line and the one above.");
}
