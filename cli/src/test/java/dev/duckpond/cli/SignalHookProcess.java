package dev.duckpond.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Is the process that {@link SignalHookTest} starts and interrupts. */
final class SignalHookProcess {
  private SignalHookProcess() {}

  /** Works until cancelled, if the first word says so; prints what happens, a word a line. */
  public static void main(String[] words) throws InterruptedException {
    Interruption interruption = new Interruption();
    // So long that only the second signal can be what ends a stubborn process.
    SignalHook hook = SignalHook.install(interruption, Duration.ofHours(1));
    CountDownLatch cancelled = new CountDownLatch(1);
    switch (words[0]) {
      case "cooperative" -> register(interruption, cancelled::countDown);
      case "stubborn" -> register(interruption, () -> {});
      default -> {
        // Nothing is registered: the process may end at once.
      }
    }
    say("ready");
    cancelled.await();
    say("closed");
    hook.commandEnded();
    say("not reached");
    Runtime.getRuntime().halt(0);
  }

  private static void register(Interruption interruption, Runnable cancellation) {
    Interruption.Registration registration =
        interruption.register(() -> {
          say("cancelled");
          cancellation.run();
        });
    if (interruption.isRequested()) {
      registration.close();
    }
  }

  private static void say(String word) {
    System.out.println(word);
    System.out.flush();
  }
}
