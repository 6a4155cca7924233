package dev.duckpond.cli;

import dev.duckpond.duckdb.DuckOptions;
import dev.duckpond.duckdb.DuckSession;
import dev.duckpond.simulate.HydroVuData;
import dev.duckpond.simulate.HydroVuFiles;
import dev.duckpond.simulate.HydroVuServer;
import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    header = "pond demo",
    description = {
      "Makes a sample harbour, puts it into a pond, asks it with SQL and exports it; collects from"
          + " a service that it plays itself, and makes a web site with charts.",
      "Prints each command before it runs, so that it can be tried again. A demo that is there"
          + " already is made anew; when somebody has worked in it, asks before, or needs --yes."
    })
final class DemoCommand implements PondCommand {
  private static final String USUAL_DIRECTORY = "duckpond-demo";

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "where to; by default " + USUAL_DIRECTORY + " in this directory")
  @Nullable String directory;

  @Option(
      names = "--dry-run",
      description = "print what would be made and replaced, and do nothing")
  boolean dryRun;

  @Mixin YesOption consent = new YesOption();
  @Mixin DataOptions data = new DataOptions();

  @Override
  public String pondOption() {
    return "not used: the demo makes a pond of its own, DIR/pond";
  }

  @Override
  public ExitCode run(CommandContext context) {
    String shown = directory == null ? USUAL_DIRECTORY : directory;
    Path home = context.hostPath(shown);
    if (context.locator().isNamedByOption()) {
      context.warn("--pond is not used: the demo makes a pond of its own, " + shown + "/pond");
    }
    try {
      DemoDirectory place = new DemoDirectory(home);
      place.requireFree();
      if (dryRun) {
        plan(context, place, shown);
        return ExitCode.DONE;
      }
      place
          .findForeign(context.clock())
          .ifPresent(foreign -> consent.require(context, refusal(shown, foreign)));
      place.clear();
      heading(context, "A harbour with three instruments, in " + shown + "/instruments");
      writeSamples(context, home);
    } catch (IOException e) {
      throw HostTrouble.ofMaking(
          "the demo cannot write to " + home,
          "Name a directory that you may write to: 'pond demo DIR'.",
          e);
    }
    DemoSteps steps = new DemoSteps(shown);
    ExitCode code = runAll(context, steps.ofFiles());
    code = code == ExitCode.DONE ? runWithService(context, home, steps) : code;
    code = code == ExitCode.DONE ? runAll(context, steps.ofSite()) : code;
    if (code == ExitCode.DONE) {
      next(context, shown);
    }
    return code;
  }

  private static ExitCode runAll(CommandContext context, List<DemoSteps.Step> steps) {
    for (DemoSteps.Step step : steps) {
      heading(context, step.title());
      for (List<String> words : step.commands()) {
        ExitCode code = run(context, words);
        if (code != ExitCode.DONE) {
          return code;
        }
      }
    }
    return ExitCode.DONE;
  }

  private static ExitCode runWithService(CommandContext context, Path home, DemoSteps steps) {
    heading(context, "A service is played on this machine, as by this, until the demo is done");
    String called = CalledAs.word(context.environment());
    context.out().line("$ " + TransactionText.command(called, steps.service()) + " &");
    HydroVuData data = HydroVuFiles.load(home.resolve(DemoSteps.SERVICE), home.resolve("spill"));
    try (HydroVuServer server =
        HydroVuServer.start(
            data, HydroVuServer.Options.of(DevCommand.DEMO_ACCOUNT), context.clock())) {
      Files.writeString(home.resolve(DemoSteps.ACCOUNT), DevCommand.configuration(server, data));
      return runAll(context, steps.ofService());
    } catch (IOException e) {
      throw HostTrouble.of("the demo cannot play a service", "", e);
    }
  }

  private static PondException.Usage refusal(String shown, String foreign) {
    return new PondException.Usage(
        "the demo in '" + shown + "' would be deleted and made anew",
        foreign,
        "Add --yes if that is meant, or name another directory: 'pond demo DIR'.");
  }

  private static void plan(CommandContext context, DemoDirectory place, String shown)
      throws IOException {
    CliOutput out = context.out();
    place.listParts().forEach(part -> out.line("delete " + part));
    Optional<String> foreign = place.findForeign(context.clock());
    foreign.ifPresent(what -> context.note(refusal(shown, what).problem() + ": " + what));
    DemoHarbour.files().forEach(file -> out.line("make " + shown + "/" + file));
    out.line("make " + shown + "/" + DemoSteps.ACCOUNT);
    out.line("make " + shown + "/" + DemoSteps.DERIVED);
    String called = CalledAs.word(context.environment());
    new DemoSteps(shown)
        .list().stream()
            .flatMap(step -> step.commands().stream())
            .forEach(words -> out.line("$ " + TransactionText.command(called, words)));
  }

  private static void next(CommandContext context, String shown) {
    CliOutput out = context.out();
    String called = CalledAs.word(context.environment());
    String pond = called + " --pond " + ShellText.quote(shown + "/pond");
    out.line("");
    out.line("Try next:");
    out.line("  " + pond + " list -l");
    out.line("  " + pond + " cat /harbour/mole/AT500_3.series --limit 5 --format table");
    out.line(
        "  "
            + pond
            + " sql "
            + ShellText.quote(
                "SELECT * FROM \"/harbour/quay/AT500_1.series\" WHERE timestamp < '2000-01-01'"));
    out.line(
        "  "
            + pond
            + " export -p '/harbour/*/*.series' -d "
            + ShellText.quote(shown + "/export")
            + " --temporal year,month   # again: nothing to write");
    out.line("  open " + ShellText.quote(shown + "/www/index.html") + " in a browser");
    out.line("  " + called + " help copy");
  }

  private static ExitCode run(CommandContext context, List<String> words) {
    String called = CalledAs.word(context.environment());
    context.out().line("$ " + TransactionText.command(called, words));
    context.out().flush();
    return ExitCode.ofStatus(PondCli.run(withFlags(context, words), environment(context)));
  }

  /** Lets the options of the demo hold for its commands too, as variables of the environment. */
  private static CliEnvironment environment(CommandContext context) {
    Map<String, String> given = new HashMap<>(DevCommand.VARIABLES);
    for (SettingValue value : context.settings().list()) {
      if (value.source() == SettingSource.FLAG) {
        given.put(value.setting().variable(), value.text());
      }
    }
    return context.environment().withVariables(given);
  }

  private static List<String> withFlags(CommandContext context, List<String> words) {
    List<String> all = new ArrayList<>(words);
    if (context.isQuiet()) {
      // Words at the end may be those of a node.
      all.addFirst("--quiet");
    }
    return all;
  }

  private static void heading(CommandContext context, String text) {
    context.out().line("");
    context.out().line(context.outStyle().bold("# " + text));
    context.out().flush();
  }

  private static void writeSamples(CommandContext context, Path home) throws IOException {
    Path instruments = Files.createDirectories(home.resolve("instruments"));
    Files.createDirectories(home.resolve("nodes"));
    Files.writeString(home.resolve(DemoSteps.DERIVED), DemoSteps.DERIVED_YAML);
    DuckOptions options =
        DuckOptions.builder(home.resolve("spill"))
            .threads(context.settings().threads())
            .memoryLimitBytes(context.settings().memoryLimitBytes())
            .allowDirectory(home)
            .build();
    try (DuckSession session = DuckSession.open(options)) {
      new DemoHarbour(home).write(session);
    }
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(instruments)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        lines.add("  " + instruments.relativize(file) + "  " + SizeText.format(Files.size(file)));
      }
    }
    lines.forEach(context.out()::line);
  }
}
