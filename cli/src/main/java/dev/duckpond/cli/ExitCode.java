package dev.duckpond.cli;

import dev.duckpond.tinyfs.PondException;

/** Names every way the command can end; the only place where an error becomes a number. */
enum ExitCode {
  DONE(0),
  FAILED(1),
  USAGE(2),
  NOT_FOUND(3),
  LOCKED(4),
  CONFLICT(5),
  CORRUPT(6),
  NO_SPACE(7),
  PARTLY_DONE(8),
  /** Ctrl-C, as a shell reports it: 128 and the signal. */
  INTERRUPTED(130),
  /** The reader of standard output went away, as in {@code pond cat … | head}. */
  READER_GONE(141);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** Answers the number the process ends with. */
  int status() {
    return status;
  }

  /** Answers the code of a number that a command line ended with. */
  static ExitCode ofStatus(int status) {
    for (ExitCode code : values()) {
      if (code.status == status) {
        return code;
      }
    }
    throw new IllegalArgumentException("no exit code " + status);
  }

  /** Answers the code that an error stands for. */
  static ExitCode of(PondException error) {
    return switch (error) {
      case PondException.Invalid ignored -> FAILED;
      case PondException.Usage ignored -> USAGE;
      case PondException.NotFound ignored -> NOT_FOUND;
      case PondException.Locked ignored -> LOCKED;
      case PondException.Conflict ignored -> CONFLICT;
      case PondException.Corrupt ignored -> CORRUPT;
      case PondException.NoSpace ignored -> NO_SPACE;
      case PondException.PartlyDone ignored -> PARTLY_DONE;
      case PondException.Failed ignored -> FAILED;
    };
  }
}
