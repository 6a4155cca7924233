package dev.duckpond.cli;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command takes; what they mean is read through {@link Settings}. */
final class CommonOptions {
  /**
   * Options with a value that may stand before the command. The words after them are values: this
   * list is how the command is found among them.
   */
  static final Set<String> LEADING_WITH_VALUE =
      Set.of(
          "--pond",
          "--var",
          "-v",
          "--threads",
          "--memory-limit",
          "--color",
          "--progress",
          "--lock-timeout",
          "--format",
          "--filesystem",
          "-f");

  @Option(names = "--pond", paramLabel = "DIR", description = "see PondCommand.pondOption")
  @Nullable String pond;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      completionCandidates = Choices.Color.class,
      description = "colour: auto, always or never")
  @Nullable String color;

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      completionCandidates = Choices.Progress.class,
      description = "progress on standard error: auto, bar, json or none")
  @Nullable String progress;

  @Option(
      names = {"-q", "--quiet"},
      description = "say nothing but data and errors")
  boolean quiet;

  @Option(names = "--stats", description = "end with what the command cost")
  boolean stats;

  @Option(names = "--debug", description = "show where an error comes from")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "explain the command")
  boolean help;
}
