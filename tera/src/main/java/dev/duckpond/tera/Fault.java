package dev.duckpond.tera;

/**
 * Carries a mistake from where it was met to the one place that makes a {@link TemplateException}
 * of it, with the chain of calls.
 */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Span at;
  private final String problem;
  private final String remedy;

  Fault(Span at, String problem, String remedy) {
    super(problem, null, false, false);
    this.at = at;
    this.problem = problem;
    this.remedy = remedy;
  }

  Span at() {
    return at;
  }

  String problem() {
    return problem;
  }

  String remedy() {
    return remedy;
  }
}
