package dev.duckpond.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains one command, or lists all. */
@Command(
    header = {"pond help", "pond help config"},
    description = "Explains a command, starting with an example; without a name lists all.")
final class HelpCommand implements PondCommand {
  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "the command to explain")
  @Nullable String name;

  @Override
  public ExitCode run(CommandContext context) {
    String text =
        Optional.ofNullable(name)
            .map(Commands::require)
            .map(entry ->
                CommandModel.of(entry).help(context.outStyle(), context.environment().width()))
            .orElseGet(() -> TopHelp.text(context.outStyle()));
    context.out().print(text);
    return ExitCode.DONE;
  }
}
