package dev.duckpond.cli;

import dev.duckpond.query.ExecutableNode;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    header = {
      "pond run /system/run/buoys",
      "pond run buoys --since 2024-05-01",
      "pond run --all",
      "pond run host+FACTORY:///home/ada/buoys.yaml"
    },
    description = {
      "Runs a node that does something: fetches readings, takes files in, publishes.",
      "A bare name is looked up in /system/run, then in /system/etc. Without a path: lists what can"
          + " be run. host+FACTORY:///FILE runs a configuration of this machine, and needs no pond"
          + " unless the run itself does. A node that another process is running is not run twice:"
          + " exit code 4, also of --all when nothing else failed.",
      "What a run has committed stays when a later step of it fails. All words after the path go to"
          + " the node, so options of pond itself stand before it."
    })
final class RunCommand implements PondCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "PATH|NAME|URL",
      description = "what to run")
  @Nullable String target;

  @Option(names = "--all", description = "run all that is in /system/run, in order of names")
  boolean all;

  @Parameters(index = "1..*", paramLabel = "ARGS", description = "what the node is told")
  List<String> arguments = List.of();

  @Mixin VariableOptions variables = new VariableOptions();
  @Mixin DataOptions data = new DataOptions();
  @Mixin LockOptions lock = new LockOptions();

  @Override
  public boolean endsOptionsAtArgument() {
    return true;
  }

  @Override
  public ExitCode run(CommandContext context) {
    try (RunGround ground = isOfHost() ? RunGround.openIfThere(context) : RunGround.open(context)) {
      if (all) {
        requireAlone();
        runAll(context, ground);
        return ExitCode.DONE;
      }
      if (target == null) {
        list(context, ground);
        return ExitCode.DONE;
      }
      ExecutableNode node;
      if (isOfHost()) {
        node = HostNode.parse(target).open(context, variables, ground);
      } else {
        if (!variables.written.isEmpty()) {
          throw new PondException.Usage(
              "-v is for configurations of this machine",
              "the variables of '" + target + "' were replaced when it was made",
              "Leave -v out, or make the node again with it.");
        }
        Runnables all = new Runnables(ground.requirePond().read(Optional.empty()));
        String named = target;
        new NodeRuns(context, ground).run(all.pathOf(named), () -> all.require(named), arguments);
        return ExitCode.DONE;
      }
      ground.run(node, arguments);
    } catch (IOException e) {
      throw HostTrouble.of("'" + target + "' failed", "What it committed stays; run it again.", e);
    }
    return ExitCode.DONE;
  }

  private void requireAlone() {
    if (target != null) {
      throw new PondException.Usage(
          "--all and '" + target + "' exclude each other", "", "Leave one of them out.");
    }
  }

  /** Runs one node after the other; one that fails does not keep the next from running. */
  private static void runAll(CommandContext context, RunGround ground) {
    Runnables runnables = new Runnables(ground.requirePond().read(Optional.empty()));
    List<String> paths = runnables.listUnattended();
    if (paths.isEmpty()) {
      context.note("nothing in /system/run can be run");
    }
    NodeRuns runs = new NodeRuns(context, ground);
    RunFailures failures = new RunFailures(context);
    for (String path : paths) {
      context.note("run " + path);
      failures.attempt(
          path, () -> runs.run(PondPath.of(path), () -> runnables.require(path), List.of()));
    }
    failures.requireNone();
  }

  private boolean isOfHost() {
    return target != null && HostNode.isMeantBy(target);
  }

  private static void list(CommandContext context, RunGround ground) {
    Runnables all = new Runnables(ground.requirePond().read(Optional.empty()));
    List<Runnables.Found> found = all.list(context::warn);
    if (found.isEmpty()) {
      context.note("nothing in this pond can be run");
    }
    int width = found.stream().mapToInt(each -> each.path().length()).max().orElse(0);
    for (Runnables.Found each : found) {
      context
          .out()
          .line(each.path() + " ".repeat(width - each.path().length() + 2) + each.factory());
    }
  }
}
