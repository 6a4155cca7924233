package dev.duckpond.cli;

/** Names the three streams that a process is started with. */
public enum StandardStream {
  INPUT(0),
  OUTPUT(1),
  ERROR(2);

  private final int descriptor;

  StandardStream(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Answers the number of the file descriptor. */
  int descriptor() {
    return descriptor;
  }
}
