package dev.duckpond.cli;

import dev.duckpond.config.VariableText;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of commands whose configurations take variables. Use as a mixin. */
final class VariableOptions {
  @Option(
      names = {"-v", "--var"},
      paramLabel = "NAME=VALUE",
      description = "what $${var:NAME} stands for in the configuration; may be given several times")
  List<String> written = new ArrayList<>();

  /**
   * Answers the variables by name; of two of one name the last.
   *
   * @throws PondException.Usage for what names none
   */
  Map<String, String> variables() {
    return read(written);
  }

  /** Reads variables that are written {@code NAME=VALUE}; a value is taken as it stands. */
  static Map<String, String> read(List<String> written) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String text : written) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new PondException.Usage(
            "'" + text + "' gives no variable a value", "", "Write -v NAME=VALUE.");
      }
      variables.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return variables;
  }

  /**
   * Answers the text with every reference in a value replaced by its variable, or by what the
   * reference says otherwise.
   *
   * @throws PondException.Invalid for variables that are not given, with line and column
   */
  String expand(String text, String source) {
    return VariableText.replace(source, text, variables());
  }

  /**
   * Makes sure that no variable is given in vain.
   *
   * @throws PondException.Usage naming the first that the text does not refer to
   */
  void requireUsed(String text, String source) {
    for (String name : variables().keySet()) {
      if (!text.contains("${var:" + name + "}") && !text.contains("${var:" + name + ":-")) {
        throw new PondException.Usage(
            "'" + source + "' has no ${var:" + name + "}",
            "the variable '" + name + "' would do nothing",
            "Leave -v " + name + " out, or correct the name.");
      }
    }
  }
}
