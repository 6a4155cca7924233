package dev.duckpond.cli;

import dev.duckpond.config.VariableText;
import dev.duckpond.tinyfs.PondException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of commands whose configurations take variables. Use as a mixin. */
final class VariableOptions {
  @Option(
      names = {"-v", "--var"},
      paramLabel = "NAME=VALUE",
      description = "what ${var:NAME} stands for in the configuration; may be given several times")
  Map<String, String> variables = new LinkedHashMap<>();

  /**
   * Answers the text with every reference in a value replaced by its variable, or by what the
   * reference says otherwise.
   *
   * @throws PondException.Invalid for variables that are not given, with line and column
   */
  String expand(String text, String source) {
    return VariableText.replace(source, text, variables);
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
