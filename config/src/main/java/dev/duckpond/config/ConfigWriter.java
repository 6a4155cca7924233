package dev.duckpond.config;

import dev.duckpond.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes a configuration as YAML that reads back as the same; comments and places are lost. */
public final class ConfigWriter {
  /** Text that needs no quotes: nothing in it can be taken for anything else. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/_][A-Za-z0-9_./$-]*");

  private static final List<String> WORDS =
      List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder out = new StringBuilder();

  private ConfigWriter() {}

  /** Answers the text, which ends with a newline. */
  public static String write(ConfigNode node) {
    ConfigWriter writer = new ConfigWriter();
    if (isInline(node)) {
      writer.inline(node, 0);
    } else {
      writer.block(node, 0);
    }
    return writer.out.toString();
  }

  private static boolean isInline(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Scalar scalar -> true;
      case ConfigNode.Sequence sequence -> sequence.elements().isEmpty();
      case ConfigNode.Mapping mapping -> mapping.members().isEmpty();
    };
  }

  /** Writes lines, each indented but the first, which stands where the output is. */
  private void block(ConfigNode node, int indent) {
    boolean isFirst = true;
    switch (node) {
      case ConfigNode.Mapping mapping -> {
        for (ConfigNode.Member member : mapping.members()) {
          out.append(isFirst ? "" : " ".repeat(indent)).append(text(member.key())).append(':');
          isFirst = false;
          value(member.value(), indent);
        }
      }
      case ConfigNode.Sequence sequence -> {
        for (ConfigNode element : sequence.elements()) {
          out.append(isFirst ? "" : " ".repeat(indent)).append('-');
          isFirst = false;
          if (isInline(element)) {
            out.append(' ');
            inline(element, indent);
          } else {
            out.append(' ');
            block(element, indent + 2);
          }
        }
      }
      case ConfigNode.Scalar scalar -> inline(scalar, indent);
    }
  }

  private void value(ConfigNode node, int indent) {
    if (isInline(node)) {
      out.append(' ');
      inline(node, indent);
    } else {
      out.append('\n').append(" ".repeat(indent + 2));
      block(node, indent + 2);
    }
  }

  private void inline(ConfigNode node, int indent) {
    switch (node) {
      case ConfigNode.Sequence empty -> out.append("[]\n");
      case ConfigNode.Mapping empty -> out.append("{}\n");
      case ConfigNode.Scalar scalar -> {
        switch (scalar.kind()) {
          case INTEGER, NUMBER, FLAG -> out.append(scalar.text()).append('\n');
          case NOTHING -> out.append("null\n");
          case TEXT -> {
            if (isLines(scalar.text())) {
              lines(scalar.text(), indent + 2);
            } else {
              out.append(text(scalar.text())).append('\n');
            }
          }
        }
      }
    }
  }

  /** Tells whether a text reads well, and back, as lines of a block. */
  private static boolean isLines(String text) {
    return text.contains("\n")
        && !text.startsWith(" ")
        && !text.startsWith("\n")
        && !text.endsWith("\n\n")
        && text.chars().noneMatch(c -> c < ' ' && c != '\n')
        && text.lines().noneMatch(line -> line.endsWith(" "));
  }

  private void lines(String text, int indent) {
    out.append(text.endsWith("\n") ? "|\n" : "|-\n");
    text.lines()
        .forEach(
            line -> out.append(line.isEmpty() ? "" : " ".repeat(indent)).append(line).append('\n'));
  }

  private static String text(String text) {
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))
        ? text
        : Json.of(text).toText();
  }
}
