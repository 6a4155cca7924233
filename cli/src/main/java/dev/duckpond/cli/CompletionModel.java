package dev.duckpond.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Holds what a shell must know to complete a command line: commands, their options, the words that
 * options and arguments take.
 */
record CompletionModel(List<Word> commands) {
  CompletionModel {
    commands = List.copyOf(commands);
  }

  /** One command, or another name of one. */
  record Word(String name, String summary, List<Flag> flags, List<String> arguments) {
    Word {
      flags = List.copyOf(flags);
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * One option.
   *
   * @param choices the words its value is one of, or none when it is free or there is no value
   */
  record Flag(List<String> names, String summary, Value value, List<String> choices) {
    Flag {
      names = List.copyOf(names);
      choices = List.copyOf(choices);
    }
  }

  /** Says what follows an option. */
  enum Value {
    NONE,
    FREE,
    /** A file or directory of this machine. */
    FILE
  }

  /** Loads every command and reads its options. */
  static CompletionModel ofAllCommands() {
    List<Word> words = new ArrayList<>();
    for (CommandEntry entry : Commands.list()) {
      CommandModel model = CommandModel.of(entry);
      List<Flag> flags = new ArrayList<>();
      for (OptionSpec option : model.spec().options()) {
        flags.add(flag(option));
      }
      List<String> arguments = arguments(entry, model);
      words.add(new Word(entry.name(), entry.summary(), flags, arguments));
      for (String alias : entry.aliases()) {
        words.add(new Word(alias, entry.summary(), flags, arguments));
      }
    }
    words.sort(Comparator.comparing(Word::name));
    return new CompletionModel(words);
  }

  private static List<String> arguments(CommandEntry entry, CommandModel model) {
    if (entry.name().equals("help")) {
      return Commands.list().stream().map(CommandEntry::name).toList();
    }
    for (PositionalParamSpec argument : model.spec().positionalParameters()) {
      if (argument.completionCandidates() != null && argument.index().min() == 0) {
        return words(argument.completionCandidates());
      }
    }
    return List.of();
  }

  private static Flag flag(OptionSpec option) {
    String summary = option.description().length == 0 ? "" : option.description()[0];
    List<String> choices =
        option.completionCandidates() == null ? List.of() : words(option.completionCandidates());
    Value value = Value.NONE;
    if (option.arity().max() > 0) {
      String label = option.paramLabel();
      value = label.equals("DIR") || label.equals("FILE") ? Value.FILE : Value.FREE;
    }
    return new Flag(List.of(option.names()), summary.replace("$$", "$"), value, choices);
  }

  private static List<String> words(Iterable<String> candidates) {
    List<String> words = new ArrayList<>();
    candidates.forEach(words::add);
    return words;
  }
}
