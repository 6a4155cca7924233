package dev.duckpond.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * Tells how somebody called the command, so that what it says to try next can be typed as it
 * stands.
 *
 * <p>The launchers leave in the variable {@value #VARIABLE} the path they were started by: {@code
 * ./pond} in a checkout. What a shell found on its {@code PATH} is called {@code pond}.
 */
final class CalledAs {
  private static final String VARIABLE = "POND_CALLED_AS";
  private static final String USUAL = "pond";

  private CalledAs() {}

  /** Answers the first word of a command line. */
  static String word(CliEnvironment environment) {
    return environment
        .findVariable(VARIABLE)
        .filter(called -> !isOnPath(called, environment))
        .map(ShellText::quote)
        .orElse(USUAL);
  }

  /** Answers what starts the command from anywhere, by other programs too. */
  static String program(CliEnvironment environment) {
    return environment
        .findVariable(VARIABLE)
        .map(called -> environment.workingDirectory().resolve(called).normalize().toString())
        .orElse(USUAL);
  }

  private static boolean isOnPath(String called, CliEnvironment environment) {
    Path directory = Path.of(called).getParent();
    List<String> entries = List.of(environment.findVariable("PATH").orElse("").split(":"));
    return directory == null || entries.contains(directory.toString());
  }
}
