package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options of commands whose configurations take variables. Use as a mixin. */
final class VariableOptions {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{var:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  @Option(
      names = {"-v", "--var"},
      paramLabel = "NAME=VALUE",
      description = "what $${var:NAME} stands for in the configuration; may be given several times")
  Map<String, String> variables = new LinkedHashMap<>();

  /**
   * Answers the text with every reference replaced by its variable, or by what the reference says
   * otherwise.
   *
   * @throws PondException.Usage for a variable that is not given
   */
  String expand(String text, String source) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> {
          String name = found.group(1);
          String value = variables.getOrDefault(name, found.group(2));
          if (value == null) {
            throw new PondException.Usage(
                "'" + source + "' needs the variable '" + name + "'",
                "",
                "Give it: -v " + name + "=VALUE.");
          }
          return Matcher.quoteReplacement(value);
        });
  }

  /**
   * Makes sure that no variable is given in vain.
   *
   * @throws PondException.Usage naming the first that the text does not refer to
   */
  void requireUsed(String text, String source) {
    for (String name : variables.keySet()) {
      if (!text.contains("${var:" + name + "}") && !text.contains("${var:" + name + ":-")) {
        throw new PondException.Usage(
            "'" + source + "' has no ${var:" + name + "}",
            "the variable '" + name + "' would do nothing",
            "Leave -v " + name + " out, or correct the name.");
      }
    }
  }
}
