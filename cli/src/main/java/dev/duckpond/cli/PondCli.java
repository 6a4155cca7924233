package dev.duckpond.cli;

import dev.duckpond.steward.Redaction;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import java.util.Optional;

/**
 * Runs one command line from its words to its exit code; the composition root.
 *
 * <p>Never ends the process and touches nothing but what the environment holds, so many may run in
 * one process, one after the other or at once.
 */
public final class PondCli {
  private static final char REPLACEMENT = '\ufffd';

  private final List<String> words;
  private final CliEnvironment environment;
  private final CliOutput out;
  private final CliOutput err;
  private Style errStyle;

  private PondCli(List<String> words, CliEnvironment environment) {
    this.words = List.copyOf(words);
    this.environment = environment;
    this.out = new CliOutput(environment.stdout());
    this.err = new CliOutput(environment.stderr());
    this.errStyle = Style.of(ColorChoice.AUTO, environment, StandardStream.ERROR);
  }

  /**
   * Runs a command line and flushes both outputs.
   *
   * @param words the words after {@code pond}
   * @return the exit code: see {@code spec} of the command, 0 when all went well
   */
  public static int run(List<String> words, CliEnvironment environment) {
    PondCli cli = new PondCli(words, environment);
    return cli.guarded().status();
  }

  private ExitCode guarded() {
    ExitCode code;
    try {
      code = dispatch();
      out.flush();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError error) {
      code = failed(error);
    }
    flushQuietly(out);
    flushQuietly(err);
    return code;
  }

  private ExitCode failed(Throwable error) {
    if (out.isReaderGone()) {
      return ExitCode.READER_GONE;
    }
    flushQuietly(out);
    ErrorPrinter printer = new ErrorPrinter(err, errStyle, Redaction.of(words));
    try {
      if (environment.interruption().isRequested()) {
        printer.print("interrupted", "");
        return traced(printer, error, ExitCode.INTERRUPTED);
      }
      if (error instanceof PondException known) {
        printer.print(known);
        return traced(printer, error, ExitCode.of(known));
      }
      printer.printInternal(error);
      return traced(printer, error, ExitCode.FAILED);
    } catch (PondException nobodyListens) {
      return error instanceof PondException known ? ExitCode.of(known) : ExitCode.FAILED;
    }
  }

  private ExitCode traced(ErrorPrinter printer, Throwable error, ExitCode code) {
    if (words.contains("--debug")) {
      printer.printTrace(error);
    }
    return code;
  }

  private static void flushQuietly(CliOutput output) {
    try {
      output.flush();
    } catch (RuntimeException e) {
      // Nobody reads it any more; the exit code says what happened.
      return;
    }
  }

  /** The virtual machine puts this where the bytes of an argument are not UTF-8. */
  private void requireUtf8() {
    for (String word : words) {
      if (word.indexOf(REPLACEMENT) >= 0) {
        throw new PondException.Usage(
            "an argument is not UTF-8: '" + word + "'",
            "the pond would know the name by other letters",
            "Rename the file, or name it with '?' for the letter.");
      }
    }
  }

  private ExitCode dispatch() {
    requireUtf8();
    CommandWords split = CommandWords.of(words);
    Optional<String> word = split.command();
    if (word.isEmpty()) {
      return withoutCommand();
    }
    CommandEntry entry = Commands.require(word.get());
    CommandModel model = CommandModel.of(entry);
    return run(model, model.parse(split.others()));
  }

  private ExitCode run(CommandModel model, ParsedCommand parsed) {
    PondLocator locator = new PondLocator(environment, Optional.ofNullable(parsed.common().pond));
    Settings settings =
        new Settings(
            parsed.flags(),
            environment,
            locator,
            text -> new ErrorPrinter(err, errStyle, Redaction.of(words)).warn(text));
    if (parsed.common().help) {
      Style style = Style.of(settings.color(), environment, StandardStream.OUTPUT);
      out.print(model.help(style, environment.width()));
      return ExitCode.DONE;
    }
    errStyle = Style.of(settings.color(), environment, StandardStream.ERROR);
    CommandContext context =
        new CommandContext(
            environment,
            words,
            out,
            err,
            locator,
            settings,
            parsed.common().quiet ? Loudness.QUIET : Loudness.NORMAL);
    if (parsed.common().stats) {
      context.stats().want();
    }
    try {
      return parsed.command().run(context);
    } finally {
      if (parsed.common().stats) {
        printStats(context);
      }
    }
  }

  private void printStats(CommandContext context) {
    boolean json = context.settings().progress() == ProgressChoice.JSON;
    err.print(json ? context.stats().toJson().toText() + "\n" : context.stats().toText());
  }

  private ExitCode withoutCommand() {
    Style outStyle = Style.of(ColorChoice.AUTO, environment, StandardStream.OUTPUT);
    if (words.contains("--help") || words.contains("-h")) {
      out.print(TopHelp.text(outStyle));
      return ExitCode.DONE;
    }
    if (words.contains("--version") || words.contains("-V")) {
      out.line("pond " + PondVersion.current());
      return ExitCode.DONE;
    }
    if (words.isEmpty()) {
      err.print(TopHelp.text(errStyle));
      return ExitCode.USAGE;
    }
    throw new PondException.Usage(
        "no command given", "'" + String.join(" ", words) + "' has only options", "pond --help");
  }
}
