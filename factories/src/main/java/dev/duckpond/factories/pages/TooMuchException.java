package dev.duckpond.factories.pages;

/** Says that an answer is beyond one of its {@link AnswerLimits}. */
final class TooMuchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final AnswerLimits.Measure measure;

  TooMuchException(AnswerLimits.Measure measure) {
    super("too much of " + measure, null, false, false);
    this.measure = measure;
  }

  /** Answers what there is too much of. */
  AnswerLimits.Measure measure() {
    return measure;
  }
}
