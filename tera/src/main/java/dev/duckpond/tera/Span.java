package dev.duckpond.tera;

/** Is a stretch of a template's text: where a node stands, for messages. */
record Span(Source source, int start, int end) {
  /** Reaches from the start of this to the end of another of the same template. */
  Span to(Span last) {
    return new Span(source, start, last.end);
  }

  /** Makes the fault that something is wrong here. */
  Fault fault(String problem, String remedy) {
    return new Fault(this, problem, remedy);
  }

  /** Names the place as {@code template:line:column}. */
  @Override
  public String toString() {
    return source.name() + ":" + source.line(start) + ":" + source.column(start);
  }
}
