package dev.duckpond.cli;

/**
 * Does what one word after {@code pond} stands for.
 *
 * <p>An implementation is a small class with a {@code @Command} annotation whose {@code header}
 * holds one or more examples, each a command line, and whose {@code description} says what the
 * command does. Its fields are its options and arguments; mixins such as {@link DataOptions} bring
 * the shared ones. An object serves one command line.
 */
interface PondCommand {
  /** Says what the option {@code --pond} means to the command, for its help. */
  default String pondOption() {
    return "the pond; else $$POND, else the nearest one above the working directory";
  }

  /**
   * Tells whether all words after the first argument are arguments too, also those that look like
   * options.
   */
  default boolean endsOptionsAtArgument() {
    return false;
  }

  /**
   * Runs the command: data to {@link CommandContext#out}, everything else through {@link
   * CommandContext#note}.
   *
   * <p>What the user can cause is thrown as a {@link dev.duckpond.tinyfs.PondException}.
   */
  ExitCode run(CommandContext context);
}
