package dev.duckpond.collect;

/** The commits of the runs of a test, around which others write or the process ends. */
final class Commitments {
  private int count;
  private Runnable before = () -> {};
  private int killBefore = Integer.MAX_VALUE;
  private int killAfter = Integer.MAX_VALUE;

  /** Counts from the beginning of a run. */
  void restart() {
    count = 0;
  }

  int count() {
    return count;
  }

  /** Does something once, just before the next. */
  void beforeNext(Runnable action) {
    before = action;
  }

  /** Ends the run where it would begin its n-th, from 1. */
  void killBefore(int number) {
    killBefore = number;
    killAfter = Integer.MAX_VALUE;
  }

  /** Ends the run right after its n-th. */
  void killAfter(int number) {
    killAfter = number;
    killBefore = Integer.MAX_VALUE;
  }

  void killNoMore() {
    killBefore = Integer.MAX_VALUE;
    killAfter = Integer.MAX_VALUE;
  }

  /** Says that one is about to begin. */
  void begin() {
    Runnable action = before;
    before = () -> {};
    action.run();
    if (count + 1 == killBefore) {
      throw new CollectPond.Killed();
    }
  }

  /** Says that one was made. */
  void done() {
    count++;
    if (count == killAfter) {
      throw new CollectPond.Killed();
    }
  }
}
