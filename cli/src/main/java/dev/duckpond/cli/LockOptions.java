package dev.duckpond.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that write to the pond; read through {@link Settings}. Use as a mixin. */
final class LockOptions {
  @Option(
      names = "--lock-timeout",
      paramLabel = "TIME",
      description = "how long to wait for another writer; by default 30s")
  @Nullable String lockTimeout;
}
