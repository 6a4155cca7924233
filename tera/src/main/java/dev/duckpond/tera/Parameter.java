package dev.duckpond.tera;

/**
 * Describes one argument of a filter, test or function.
 *
 * @param what its meaning, for the reference: a phrase in lower case
 */
public record Parameter(String name, Presence presence, String what) {
  /** Whether a call must give it. */
  public enum Presence {
    /** It must. */
    REQUIRED,
    /** It need not. */
    OPTIONAL
  }

  /** Describes an argument that every call gives. */
  public static Parameter required(String name, String what) {
    return new Parameter(name, Presence.REQUIRED, what);
  }

  /** Describes an argument that a call may leave out. */
  public static Parameter optional(String name, String what) {
    return new Parameter(name, Presence.OPTIONAL, what);
  }
}
