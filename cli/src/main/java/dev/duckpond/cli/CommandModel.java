package dev.duckpond.cli;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Holds one command with its options: parses words into it and prints its help. One thread only.
 */
final class CommandModel {
  private static final int NARROWEST_HELP = 60;
  private static final int WIDEST_HELP = 110;

  /** Options for which nothing is a value: no partition by time. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("--temporal");

  private final CommandEntry entry;
  private final PondCommand command;
  private final CommonOptions common = new CommonOptions();
  private final CommandSpec spec;
  private final CommandLine parser;

  private CommandModel(CommandEntry entry, PondCommand command) {
    this.entry = entry;
    this.command = command;
    this.spec = CommandSpec.forAnnotatedObject(command);
    spec.name("pond " + entry.name());
    spec.addMixin("common", commonSpec());
    spec.usageMessage()
        .sortOptions(false)
        .headerHeading("@|bold Example|@%n")
        .header(examples(spec))
        .synopsisHeading("%n@|bold Usage|@%n  ")
        .descriptionHeading("%n")
        .parameterListHeading("%n@|bold Arguments|@%n")
        .optionListHeading("%n@|bold Options|@%n");
    this.parser =
        new CommandLine(spec)
            .setExpandAtFiles(false)
            .setStopAtPositional(command.endsOptionsAtArgument())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Instant.class, reading(TimeText::parse))
            .registerConverter(Duration.class, reading(DurationText::parse));
  }

  /** Loads the class of a command and reads its annotations. */
  static CommandModel of(CommandEntry entry) {
    return new CommandModel(entry, Commands.create(entry));
  }

  /**
   * Fills the command from the words of the command line.
   *
   * @throws PondException.Usage when a word is not understood
   */
  ParsedCommand parse(List<String> words) {
    try {
      ParseResult result = parser.parseArgs(words.toArray(String[]::new));
      requireValues(result);
      return new ParsedCommand(command, common, flags(result));
    } catch (ParameterException e) {
      throw usage(e);
    }
  }

  /** Refuses {@code -d ''} and {@code --pond=}: a variable of a script that was not set. */
  private static void requireValues(ParseResult result) {
    for (OptionSpec option : result.matchedOptions()) {
      boolean isEmpty = option.originalStringValues().contains("");
      if (isEmpty && !MAY_BE_EMPTY.contains(option.longestName())) {
        throw new PondException.Usage(
            option.names()[0] + " is empty", "", "Give it a value, or leave it out.");
      }
    }
  }

  /** Answers the help of the command, which starts with an example. */
  String help(Style style, int width) {
    parser.setUsageHelpWidth(Math.clamp(width, NARROWEST_HELP, WIDEST_HELP));
    return parser.getUsageMessage(style == Style.COLOURED ? Ansi.ON : Ansi.OFF);
  }

  /** Answers the options and arguments, for completion and for tests. */
  CommandSpec spec() {
    return spec;
  }

  /** Says of {@code --pond} what it means to this command. */
  private CommandSpec commonSpec() {
    CommandSpec all = CommandSpec.forAnnotatedObject(common);
    List<OptionSpec> options = List.copyOf(all.options());
    options.forEach(all::remove);
    for (OptionSpec option : options) {
      all.add(
          option.longestName().equals("--pond")
              ? option.toBuilder().description(command.pondOption()).build()
              : option);
    }
    return all;
  }

  private static String[] examples(CommandSpec spec) {
    String[] examples = spec.usageMessage().header();
    if (examples.length == 0) {
      throw new IllegalStateException(spec.name() + " has no example");
    }
    String[] indented = new String[examples.length];
    for (int i = 0; i < examples.length; i++) {
      indented[i] = "  " + examples[i];
    }
    return indented;
  }

  private static Map<Setting, String> flags(ParseResult result) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String value = result.matchedOptionValue("--" + setting.key(), (String) null);
      if (value != null) {
        flags.put(setting, value);
      }
    }
    return flags;
  }

  private static <T> CommandLine.ITypeConverter<T> reading(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private PondException usage(ParameterException error) {
    String remedy = "pond help " + entry.name();
    return switch (error) {
      case UnmatchedArgumentException unmatched -> {
        String word = unmatched.getUnmatched().getFirst();
        if (word.startsWith("-") && word.length() > 1) {
          String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
          yield new PondException.Usage(
              "pond " + entry.name() + " has no option '" + name + "'",
              // Every letter is near every other.
              name.startsWith("--") ? DidYouMean.question(name, spec.optionsMap().keySet()) : "",
              remedy);
        }
        yield new PondException.Usage(
            "one argument too many for pond " + entry.name(), "'" + word + "'", remedy);
      }
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          new PondException.Usage(
              "pond " + entry.name() + " needs " + label(missing.getMissing().getFirst()),
              "",
              remedy);
      default -> {
        String message =
            String.valueOf(error.getMessage())
                .replaceFirst("is not an? (long|int)$", "is not a whole number");
        yield new PondException.Usage(
            message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1), "", remedy);
      }
    };
  }

  private static String label(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return argument.paramLabel();
    }
    boolean hasValue = option.arity().max() > 0;
    return option.names()[0] + (hasValue ? " " + option.paramLabel() : "");
  }
}
