package dev.duckpond.cli;

import dev.duckpond.factories.Factories;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.steward.Redaction;
import dev.duckpond.tinyfs.FactoryRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Gives a command everything around it: streams, settings, the pond, progress, cost, the clock.
 *
 * <p>Serves one command line, on the thread that runs it.
 */
final class CommandContext {
  private final CliEnvironment environment;
  private final List<String> commandLine;
  private final CliOutput out;
  private final CliOutput err;
  private final PondLocator locator;
  private final Settings settings;
  private final Loudness loudness;
  private final Stats stats;
  private final Progress progress;
  private final Factories kinds;
  private final FactoryRegistry factories;

  CommandContext(
      CliEnvironment environment,
      List<String> commandLine,
      CliOutput out,
      CliOutput err,
      PondLocator locator,
      Settings settings,
      Loudness loudness) {
    this.environment = environment;
    this.commandLine = List.copyOf(commandLine);
    this.out = out;
    this.err = err;
    this.locator = locator;
    this.settings = settings;
    this.loudness = loudness;
    this.stats = new Stats(environment.clock());
    this.kinds = AllKinds.with(environment.kindSources());
    this.factories = kinds.registry(environment::findVariable);
    this.progress = Progress.of(settings.progress(), loudness, environment, err);
  }

  /** Answers the process around the command. */
  CliEnvironment environment() {
    return environment;
  }

  /** Answers the words after {@code pond}, as they were given; secrets are still in them. */
  List<String> commandLine() {
    return commandLine;
  }

  /** Answers standard output, for data only. */
  CliOutput out() {
    return out;
  }

  /** Answers how standard output is coloured. */
  Style outStyle() {
    return Style.of(settings.color(), environment, StandardStream.OUTPUT);
  }

  /** Answers the settings that hold for this command. */
  Settings settings() {
    return settings;
  }

  /** Answers the directory of the pond, which must be there. */
  Path requirePond() {
    return locator.require();
  }

  /** Answers how the pond is found. */
  PondLocator locator() {
    return locator;
  }

  /** Answers a path of the machine, relative ones from the working directory. */
  Path hostPath(String text) {
    return environment.workingDirectory().resolve(text).normalize();
  }

  /** Answers the clock. */
  InstantSource clock() {
    return environment.clock();
  }

  /** Answers the kinds of computed nodes; none is made before it is needed. */
  Factories kinds() {
    return kinds;
  }

  /** Answers the factories of computed nodes, which know the environment of this command. */
  FactoryRegistry factories() {
    return factories;
  }

  /** Answers where the cost of the command is collected. */
  Stats stats() {
    return stats;
  }

  /** Answers where progress is reported. */
  Progress progress() {
    return progress;
  }

  /** Answers where running work registers how it is cancelled. */
  Interruption interruption() {
    return environment.interruption();
  }

  /** Tells the user something in a line on standard error, unless {@code --quiet} is given. */
  void note(String text) {
    if (loudness == Loudness.NORMAL) {
      // What was printed before stands above it on a terminal.
      out.flush();
      err.line(Redaction.of(commandLine).clean(text));
      err.flush();
    }
  }

  /** Tells whether the user wants to read nothing but data and errors. */
  boolean isQuiet() {
    return loudness == Loudness.QUIET;
  }

  /** Warns the user on standard error, even with {@code --quiet}. */
  void warn(String text) {
    new ErrorPrinter(err, errStyle(), Redaction.of(commandLine)).warn(text);
    err.flush();
  }

  /** Asks something on standard error, and leaves the line open for the answer. */
  void prompt(String question) {
    out.flush();
    err.print(question);
    err.flush();
  }

  /** Answers how standard error is coloured. */
  Style errStyle() {
    return Style.of(settings.color(), environment, StandardStream.ERROR);
  }

  /** Finds the format that was chosen, else decides by whether a person reads: table or other. */
  ResultFormat format(ResultFormat elsewhere) {
    Optional<ResultFormat> chosen = settings.findFormat();
    return chosen.orElse(
        environment.isTerminal(StandardStream.OUTPUT) ? ResultFormat.TABLE : elsewhere);
  }
}
