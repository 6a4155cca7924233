package dev.duckpond.tera;

/**
 * Says that a filter, test or function cannot do what it was asked. The one who renders adds the
 * place in the template and throws a {@link TemplateException}.
 */
public final class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  /**
   * Makes one.
   *
   * @param problem what is wrong, in lower case and without a full stop
   * @param remedy what to do about it, a sentence, or empty
   */
  public CallException(String problem, String remedy) {
    super(problem, null, false, false);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Answers what is wrong. */
  public String problem() {
    return problem;
  }

  /** Answers what to do about it, or empty. */
  public String remedy() {
    return remedy;
  }
}
