package dev.duckpond.config;

import dev.duckpond.json.Json;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Puts variables of the command line into the values of a YAML text, which else stays as it is
 * written, comments and all. Used once, by one thread.
 */
public final class VariableText {
  /** What means the same without quotes, as text or as the number or flag that it then is. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_.][A-Za-z0-9_./+-]*");

  private final String yaml;
  private final Variables variables;
  private final Mistakes mistakes;

  /** New texts of values by where these begin, the last first. */
  private final Map<Integer, Replacement> replacements = new TreeMap<>(Comparator.reverseOrder());

  private record Replacement(int end, String text) {}

  private VariableText(String yaml, Map<String, String> given, Mistakes mistakes) {
    this.yaml = yaml;
    this.variables = Variables.onlyGiven(given);
    this.mistakes = mistakes;
  }

  /**
   * Answers the text with every <code>${var:NAME}</code> in a value replaced. A value stays one
   * value: what a variable holds is put in quotes where it needs them.
   *
   * @param source what messages call the text
   * @throws dev.duckpond.tinyfs.PondException.Invalid when it is not YAML, or naming all variables
   *     that are missing, with line and column
   */
  public static String replace(String source, String yaml, Map<String, String> given) {
    if (!yaml.contains("${var:")) {
      return yaml;
    }
    Mistakes mistakes = new Mistakes(source);
    VariableText text = new VariableText(yaml, given, mistakes);
    ConfigText.compose(source, yaml).forEach(text::visit);
    mistakes.requireNone();
    return text.replaced();
  }

  private void visit(Node node) {
    switch (node) {
      case ScalarNode scalar -> visit(scalar);
      case SequenceNode sequence -> sequence.getValue().forEach(this::visit);
      case MappingNode mapping -> {
        for (NodeTuple tuple : mapping.getValue()) {
          if (!(tuple.getKeyNode() instanceof ScalarNode key)
              || !key.getValue().equals(Variables.TEMPLATE_KEY)) {
            visit(tuple.getValueNode());
          }
        }
      }
      case AnchorNode alias -> {
        // What it stands for is visited where it is written.
      }
      default -> throw new IllegalStateException("a node of YAML: " + node.getNodeType());
    }
  }

  private void visit(ScalarNode scalar) {
    if (!scalar.getValue().contains("${var:")) {
      return;
    }
    ConfigPlace place = scalar.getStartMark().map(ConfigText::place).orElse(ConfigPlace.START);
    Optional<Integer> start = scalar.getStartMark().map(mark -> offset(mark.getIndex()));
    Optional<Integer> end = scalar.getEndMark().map(mark -> offset(mark.getIndex()));
    if (start.isEmpty() || end.isEmpty()) {
      throw new IllegalStateException("a value without a place");
    }
    String written = yaml.substring(start.get(), end.get());
    replacements.put(start.get(), new Replacement(end.get(), text(scalar, written, place)));
  }

  private int offset(int codePoints) {
    return yaml.offsetByCodePoints(0, codePoints);
  }

  private String text(ScalarNode scalar, String written, ConfigPlace place) {
    ScalarStyle style = scalar.getScalarStyle();
    String value = variables.expand(scalar.getValue(), place, mistakes);
    if (style == ScalarStyle.PLAIN && PLAIN.matcher(value).matches()) {
      return value;
    }
    // A block ends with its last line, which stays one.
    boolean isBlock = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
    return Json.of(value).toText() + (isBlock && written.endsWith("\n") ? "\n" : "");
  }

  private String replaced() {
    StringBuilder text = new StringBuilder(yaml);
    replacements.forEach((start, by) -> text.replace(start, by.end(), by.text()));
    return text.toString();
  }
}
