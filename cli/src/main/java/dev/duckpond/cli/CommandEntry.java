package dev.duckpond.cli;

import java.util.List;

/**
 * Holds what is known of a command without loading its class.
 *
 * @param summary what it does, in a few words for the page of {@code pond --help}
 */
record CommandEntry(String name, List<String> aliases, CommandGroup group, String summary) {
  CommandEntry {
    aliases = List.copyOf(aliases);
  }
}
