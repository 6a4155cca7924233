package dev.duckpond.cli;

/** Shows on standard error how far long work has come. */
interface Progress {
  /** The total of work whose end is not known beforehand. */
  long UNKNOWN_TOTAL = -1;

  /**
   * Begins work; its progress is shown until the answer is closed.
   *
   * @param activity what is going on, such as {@code copying}
   * @param unit what is counted, such as {@code files}
   * @param total how many there are, or {@link #UNKNOWN_TOTAL}
   */
  Task begin(String activity, String unit, long total);

  /** Chooses the form: what was asked for, else a bar on a terminal and nothing elsewhere. */
  static Progress of(
      ProgressChoice choice, Loudness loudness, CliEnvironment environment, CliOutput err) {
    if (loudness == Loudness.QUIET && choice != ProgressChoice.JSON) {
      return new NoProgress();
    }
    return switch (choice) {
      case AUTO ->
          environment.isTerminal(StandardStream.ERROR)
                  && environment.findVariable("TERM").filter("dumb"::equals).isEmpty()
              ? new BarProgress(err, environment)
              : new NoProgress();
      case BAR -> new BarProgress(err, environment);
      case JSON -> new JsonProgress(err, environment.clock());
      case NONE -> new NoProgress();
    };
  }

  /** Work that is going on. Safe for use by several threads; may be closed twice. */
  interface Task extends AutoCloseable {
    /** Says how many are done now, counted from the beginning. */
    void advanceTo(long done);

    @Override
    void close();
  }
}
