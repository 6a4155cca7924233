package dev.duckpond.cli;

import java.util.Map;

/**
 * Holds a command whose fields are filled from a command line.
 *
 * @param flags the settings that were given as options
 */
record ParsedCommand(PondCommand command, CommonOptions common, Map<Setting, String> flags) {
  ParsedCommand {
    flags = Map.copyOf(flags);
  }
}
