package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects what failed of several runs while the others went on. One that another process is doing
 * is no failure of its own. One thread only.
 */
final class RunFailures {
  /** A run, which may fail. */
  @FunctionalInterface
  interface Run {
    void run() throws IOException;
  }

  private final CommandContext context;
  private final List<String> failed = new ArrayList<>();
  private final List<PondException> locked = new ArrayList<>();
  private Optional<PondException.NoSpace> full = Optional.empty();
  private Optional<RuntimeException> mistake = Optional.empty();
  private int runs;

  RunFailures(CommandContext context) {
    this.context = context;
  }

  /**
   * Does a run; a failure of it is noted.
   *
   * @throws RuntimeException what it ended with after the user asked to stop
   */
  void attempt(String path, Run run) {
    runs++;
    try {
      run.run();
    } catch (PondException.Locked e) {
      requireGoingOn(e);
      locked.add(e);
    } catch (PondException e) {
      requireGoingOn(e);
      fail(path, e, e.getMessage());
    } catch (IOException e) {
      fail(path, HostTrouble.of("'" + path + "' failed", "", e), HostTrouble.reason(e));
    } catch (RuntimeException e) {
      requireGoingOn(e);
      failed.add(path + ": internal error: " + e);
      mistake.ifPresentOrElse(first -> first.addSuppressed(e), () -> mistake = Optional.of(e));
    }
  }

  private void fail(String path, PondException e, @Nullable String message) {
    failed.add(path + ": " + message);
    if (full.isEmpty() && e instanceof PondException.NoSpace first) {
      full = Optional.of(first);
    }
  }

  private void requireGoingOn(RuntimeException e) {
    if (context.interruption().isRequested()) {
      throw e;
    }
  }

  /**
   * Ends the runs.
   *
   * @throws PondException.NoSpace when something failed, for want of space too, naming all of it
   * @throws PondException.PartlyDone when something failed otherwise, naming all of it
   * @throws PondException.Locked when nothing failed, but another process was doing some of them
   * @throws RuntimeException a mistake of this program, after telling what else failed
   */
  void requireNone() {
    if (mistake.isPresent()) {
      failed.forEach(context::warn);
      throw mistake.get();
    }
    if (!failed.isEmpty()) {
      List<String> lines = new ArrayList<>(failed);
      locked.forEach(e -> lines.add(e.problem()));
      String problem = failed.size() + " of " + runs + " failed\n" + String.join("\n", lines);
      if (full.isPresent()) {
        throw new PondException.NoSpace(problem, "", "", full.get());
      }
      throw new PondException.PartlyDone(problem, "", "");
    }
    if (!locked.isEmpty()) {
      locked.stream().skip(1).forEach(e -> context.warn(e.problem()));
      throw locked.getFirst();
    }
  }
}
