package dev.duckpond.cli;

import java.util.List;

/** Starts the {@code pond} command as a process. */
public final class Pond {
  private Pond() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] words) {
    Interruption interruption = new Interruption();
    SignalHook hook = SignalHook.install(interruption);
    int status = PondCli.run(List.of(words), ProcessEnvironment.capture(interruption));
    hook.commandEnded();
    // Not exit: no thread of a library may keep the process, and hooks are for signals only.
    Runtime.getRuntime().halt(status);
  }
}
