package dev.duckpond.tinyfs;

import org.jspecify.annotations.Nullable;

/**
 * Tells a user of something that they, their input or their machine caused.
 *
 * <p>The message holds problem, cause and remedy as up to three sentences. Each case of the family
 * stands for one way a caller goes on; the command line maps each to an exit code. Wrong arguments
 * of a programmer are {@link IllegalArgumentException}, broken invariants {@link
 * IllegalStateException}.
 */
public abstract sealed class PondException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String reason;
  private final String remedy;

  private PondException(String problem, String reason, String remedy, @Nullable Throwable cause) {
    super(sentences(problem, reason, remedy), cause);
    this.problem = problem;
    this.reason = reason;
    this.remedy = remedy;
  }

  /** Answers what failed and where, without a full stop. */
  public final String problem() {
    return problem;
  }

  /** Answers why, or the empty string when the problem says it all. */
  public final String reason() {
    return reason;
  }

  /** Answers what to do next, or the empty string. */
  public final String remedy() {
    return remedy;
  }

  private static String sentences(String problem, String reason, String remedy) {
    StringBuilder text = new StringBuilder(problem);
    if (!reason.isEmpty()) {
      text.append(": ").append(reason);
    }
    if (!remedy.isEmpty()) {
      // What is drawn below the first line of a reason ends it.
      int line = text.indexOf("\n");
      int end = line < 0 ? text.length() : line;
      boolean isClosed = end > 0 && ".!?".indexOf(text.charAt(end - 1)) >= 0;
      text.insert(end, (isClosed ? " " : ". ") + remedy);
    }
    return text.toString();
  }

  /** A request that cannot be carried out as it was made; nothing was changed. */
  public static sealed class Invalid extends PondException permits Misconfigured {
    private static final long serialVersionUID = 1L;

    public Invalid(String problem, String reason, String remedy) {
      super(problem, reason, remedy, null);
    }

    public Invalid(String problem, String reason, String remedy, Throwable cause) {
      super(problem, reason, remedy, cause);
    }
  }

  /** A computed node whose configuration cannot be used; the reason begins with the place in it. */
  public static final class Misconfigured extends Invalid {
    private static final long serialVersionUID = 1L;

    public Misconfigured(String problem, String reason, String remedy) {
      super(problem, reason, remedy);
    }
  }

  /** Words of a command line or configuration that are not understood. */
  public static final class Usage extends PondException {
    private static final long serialVersionUID = 1L;

    public Usage(String problem, String reason, String remedy) {
      super(problem, reason, remedy, null);
    }
  }

  /** A path, pattern, pond, version or transaction that is not there. */
  public static final class NotFound extends PondException {
    private static final long serialVersionUID = 1L;

    public NotFound(String problem, String reason, String remedy) {
      super(problem, reason, remedy, null);
    }
  }

  /** Another process holds what this one needs; trying again later is right. */
  public static final class Locked extends PondException {
    private static final long serialVersionUID = 1L;

    public Locked(String problem, String reason, String remedy) {
      super(problem, reason, remedy, null);
    }
  }

  /** Somebody else changed, or owns, what this request wanted to change. */
  public static final class Conflict extends PondException {
    private static final long serialVersionUID = 1L;

    public Conflict(String problem, String reason, String remedy) {
      super(problem, reason, remedy, null);
    }
  }

  /** Stored content that is not what was written. Never served, always named. */
  public static final class Corrupt extends PondException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String problem, String reason, String remedy) {
      super(problem, reason, remedy, null);
    }

    public Corrupt(String problem, String reason, String remedy, Throwable cause) {
      super(problem, reason, remedy, cause);
    }

    /** Answers the same damage as what a user sees of it: the path that cannot be read. */
    public Corrupt seenAt(PondPath path) {
      if (problem().contains("'" + path + "'")) {
        return this;
      }
      String why = problem() + (reason().isEmpty() ? "" : ": " + reason());
      return new Corrupt("'" + path + "' cannot be read", why, remedy(), this);
    }
  }

  /** A disk or a limit that is full. */
  public static final class NoSpace extends PondException {
    private static final long serialVersionUID = 1L;

    public NoSpace(String problem, String reason, String remedy, Throwable cause) {
      super(problem, reason, remedy, cause);
    }
  }

  /** Some of several independent parts failed; the others are done. */
  public static final class PartlyDone extends PondException {
    private static final long serialVersionUID = 1L;

    public PartlyDone(String problem, String reason, String remedy) {
      super(problem, reason, remedy, null);
    }
  }

  /** The machine refused: permissions, I/O errors, an interrupted statement. */
  public static final class Failed extends PondException {
    private static final long serialVersionUID = 1L;

    public Failed(String problem, String reason, String remedy, Throwable cause) {
      super(problem, reason, remedy, cause);
    }
  }
}
