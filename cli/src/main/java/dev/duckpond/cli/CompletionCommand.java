package dev.duckpond.cli;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the script that lets a shell complete {@code pond} command lines. */
@Command(
    header = {
      "source <(pond completion bash)",
      "source <(pond completion zsh)",
      "pond completion fish | source"
    },
    description = "Prints a script for a shell, which then completes commands and options.")
final class CompletionCommand implements PondCommand {
  @Parameters(
      paramLabel = "bash|zsh|fish",
      completionCandidates = Choices.Shell.class,
      description = "the shell")
  String shell = "";

  @Override
  public ExitCode run(CommandContext context) {
    context.out().print(script().write(CompletionModel.ofAllCommands()));
    return ExitCode.DONE;
  }

  private CompletionScript script() {
    List<String> names = new Choices.Shell();
    if (!names.contains(shell)) {
      throw new PondException.Usage(
          "no completion for '" + shell + "'",
          DidYouMean.question(shell, names),
          "pond completion bash, zsh or fish");
    }
    return CompletionScript.valueOf(shell.toUpperCase(Locale.ROOT));
  }
}
