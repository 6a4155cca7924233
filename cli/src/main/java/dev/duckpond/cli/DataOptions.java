package dev.duckpond.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that run SQL; read through {@link Settings}. Use as a mixin. */
final class DataOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads to use; by default one for each processor")
  @Nullable String threads;

  @Option(
      names = "--memory-limit",
      paramLabel = "SIZE",
      description = "memory to use, such as 1GiB; by default 512MB")
  @Nullable String memoryLimit;
}
