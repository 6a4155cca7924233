package dev.duckpond.simulate;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Decides which calls to a service fail, and how. Asked under a lock, once for each call. */
@FunctionalInterface
public interface FaultPlan {
  /** All calls succeed. */
  FaultPlan NONE = call -> Optional.empty();

  /**
   * A call that came in.
   *
   * @param number of all calls but those for tokens, from 1
   * @param path of the address, without the query
   */
  record Call(long number, String path) {}

  /** Finds the fault of a call. */
  Optional<FaultKind> find(Call call);

  /** Answers a plan in which one call fails. */
  static FaultPlan at(long number, FaultKind kind) {
    return call -> call.number() == number ? Optional.of(kind) : Optional.empty();
  }

  /** Answers a plan in which every call fails whose path contains a text. */
  static FaultPlan always(String pathPart, FaultKind kind) {
    return call -> call.path().contains(pathPart) ? Optional.of(kind) : Optional.empty();
  }

  /** Answers a plan in which the first call of each path fails. */
  static FaultPlan firstOfEachPath(FaultKind kind) {
    Set<String> called = new HashSet<>();
    return call -> called.add(call.path()) ? Optional.of(kind) : Optional.empty();
  }

  /**
   * Answers a plan in which calls fail at random, never more than {@code mostInARow} one after the
   * other. The same seed gives the same faults for the same calls.
   *
   * @param share of calls that fail, from 0 to 1
   */
  static FaultPlan random(long seed, double share, int mostInARow, Set<FaultKind> kinds) {
    SplittableRandom random = new SplittableRandom(seed);
    List<FaultKind> choice = List.copyOf(EnumSet.copyOf(kinds));
    int[] inARow = {0};
    return call -> {
      if (inARow[0] >= mostInARow || random.nextDouble() >= share) {
        inARow[0] = 0;
        return Optional.empty();
      }
      inARow[0]++;
      return Optional.of(choice.get(random.nextInt(choice.size())));
    };
  }
}
