package dev.duckpond.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the process cleanly on Ctrl-C: running work is cancelled and gets a moment to close.
 *
 * <p>The virtual machine runs the hook on a signal and then exits with 128 and the signal. A second
 * Ctrl-C would wait for the hook; the hook therefore gives the signal back to the operating system
 * first, so that the second one ends the process at once. Whatever is cut off then is what a crash
 * would leave, which the next write cleans up.
 */
final class SignalHook extends Thread {
  /** How long cancelled work may take to close before the process ends without it. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final int SIGINT = 2;

  private final Interruption interruption;
  private final Duration grace;
  private final CountDownLatch commandEnded = new CountDownLatch(1);

  private SignalHook(Interruption interruption, Duration grace) {
    super("pond-signal");
    this.interruption = interruption;
    this.grace = grace;
  }

  /** Lets signals reach what is registered from now on. */
  static SignalHook install(Interruption interruption) {
    return install(interruption, GRACE);
  }

  static SignalHook install(Interruption interruption, Duration grace) {
    SignalHook hook = new SignalHook(interruption, grace);
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  /** Runs when the process was told to end. */
  @Override
  public void run() {
    Thread release =
        Thread.ofPlatform().daemon().name("pond-second-signal").start(SignalHook::endAtSecond);
    try {
      if (interruption.request() > 0) {
        commandEnded.await(grace.toMillis(), TimeUnit.MILLISECONDS);
      }
      release.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; ending is what it is here for.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Says that the command has ended; when a signal came before, waits for the virtual machine to
   * exit with the code of the signal and does not return.
   */
  void commandEnded() {
    commandEnded.countDown();
    CountDownLatch endOfProcess = new CountDownLatch(1);
    while (interruption.isRequested()) {
      try {
        endOfProcess.await();
      } catch (InterruptedException e) {
        // The virtual machine is on its way out; there is nothing to go back to.
      }
    }
  }

  /** Calls {@code signal(SIGINT, SIG_DFL)} of the C library. */
  // A restricted method: there is no other way to give a signal back, and the distribution allows
  // native access to the class path for the SQL engine already.
  @SuppressWarnings("restricted")
  private static void endAtSecond() {
    Linker linker = Linker.nativeLinker();
    MemorySegment signal = linker.defaultLookup().find("signal").orElseThrow();
    FunctionDescriptor shape =
        FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    try {
      Object before =
          linker.downcallHandle(signal, shape).invokeWithArguments(SIGINT, MemorySegment.NULL);
      Objects.requireNonNull(before);
    } catch (Throwable e) {
      throw new IllegalStateException("signal(SIGINT, SIG_DFL)", e);
    }
  }
}
