package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the commands; the class of one is loaded when it is chosen, so that a command costs at
 * start-up only what it needs itself.
 *
 * <p>A new command is one line in {@link #ALL} and one in {@link #create}.
 */
final class Commands {
  private static final List<CommandEntry> ALL =
      List.of(
          entry("config", CommandGroup.COMMAND, "show and change settings"),
          entry("help", CommandGroup.COMMAND, "explain a command"),
          entry("completion", CommandGroup.COMMAND, "print completion for bash, zsh or fish"));

  private Commands() {}

  /** Makes the command of an entry, fresh. */
  static PondCommand create(CommandEntry entry) {
    return switch (entry.name()) {
      case "config" -> new ConfigCommand();
      case "help" -> new HelpCommand();
      case "completion" -> new CompletionCommand();
      default -> throw new IllegalStateException("no class for command " + entry.name());
    };
  }

  /** Answers all commands, in the order of the help page. */
  static List<CommandEntry> list() {
    return ALL;
  }

  /** Finds a command by its name or another name it has. */
  static Optional<CommandEntry> find(String word) {
    for (CommandEntry entry : ALL) {
      if (entry.name().equals(word) || entry.aliases().contains(word)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /**
   * Answers the command of a word.
   *
   * @throws PondException.Usage with the name that may be meant
   */
  static CommandEntry require(String word) {
    return find(word)
        .orElseThrow(() ->
            new PondException.Usage(
                "no command '" + word + "'",
                Suggestion.question(word, words()),
                "pond help lists all commands"));
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (CommandEntry entry : ALL) {
      words.add(entry.name());
      words.addAll(entry.aliases());
    }
    return words;
  }

  private static CommandEntry entry(
      String name, CommandGroup group, String summary, String... aliases) {
    return new CommandEntry(name, List.of(aliases), group, summary);
  }
}
