package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Option;

/** The option that says yes beforehand to what cannot be undone. Use as a mixin. */
final class YesOption {
  private static final Set<String> CONSENT = Set.of("y", "yes");
  private static final int MAX_ANSWER_BYTES = 80;

  @Option(names = "--yes", description = "do not ask before something is replaced for good")
  boolean yes;

  /**
   * Lets go on only who says yes: with the option, or when asked on a terminal.
   *
   * @param refusal what is about to happen and why it matters, with the option in its remedy
   * @throws PondException.Usage the refusal, when nobody can be asked
   * @throws PondException.Invalid when the answer is not yes
   */
  void require(CommandContext context, PondException.Usage refusal) {
    if (!yes && !canAsk(context)) {
      throw refusal;
    }
    askOnTerminal(context, refusal);
  }

  /**
   * Asks on a terminal; elsewhere, as a script that does so every day expects, goes on.
   *
   * @throws PondException.Invalid when the answer is not yes
   */
  void askOnTerminal(CommandContext context, PondException.Usage refusal) {
    if (yes || !canAsk(context)) {
      return;
    }
    context.warn(refusal.problem() + ": " + refusal.reason());
    context.prompt("Go on? [y/N] ");
    if (!CONSENT.contains(answer(context))) {
      throw new PondException.Invalid(
          "nothing was changed", "the answer was not yes", refusal.remedy());
    }
  }

  private static boolean canAsk(CommandContext context) {
    CliEnvironment environment = context.environment();
    return environment.isTerminal(StandardStream.INPUT)
        && environment.isTerminal(StandardStream.ERROR);
  }

  private static String answer(CommandContext context) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = context.environment().stdin().read();
      while (next >= 0 && next != '\n' && line.size() < MAX_ANSWER_BYTES) {
        line.write(next);
        next = context.environment().stdin().read();
      }
    } catch (IOException e) {
      throw HostTrouble.of("the answer cannot be read", "Say it beforehand, with --yes.", e);
    }
    return line.toString(StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
  }
}
