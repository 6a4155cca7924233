package dev.duckpond.collect;

/** Whether a log is still being written. */
enum LogState {
  /** More comes to it, under the same name. */
  ACTIVE("active"),
  /** It was rotated; what comes to it now comes late. */
  ARCHIVED("archived");

  private final String text;

  LogState(String text) {
    this.text = text;
  }

  /** Answers how it is noted. */
  String text() {
    return text;
  }
}
