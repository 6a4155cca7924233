package dev.duckpond.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that print rows; read through {@link Settings}. Use as a mixin. */
final class FormatOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = Choices.Format.class,
      description = "how to print rows: " + OutputFormat.NAMES)
  @Nullable String format;
}
