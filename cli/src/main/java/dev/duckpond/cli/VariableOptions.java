package dev.duckpond.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of commands that take variables for templates and configurations. Use as a mixin. */
final class VariableOptions {
  @Option(
      names = {"-v", "--var"},
      paramLabel = "NAME=VALUE",
      description = "set a variable; may be given several times")
  Map<String, String> variables = new LinkedHashMap<>();
}
