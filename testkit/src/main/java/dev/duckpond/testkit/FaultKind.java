package dev.duckpond.testkit;

/** What happens at the operation that {@link Faults} names. */
public enum FaultKind {
  /** This one fails, as a bad sector lets it; all others work. */
  ONE_ERROR,
  /** This one and all later ones that need room on the disk fail. */
  DISK_FULL,
  /** The process ends before it; a write is cut in half. */
  STOP
}
