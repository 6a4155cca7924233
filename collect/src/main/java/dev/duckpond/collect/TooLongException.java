package dev.duckpond.collect;

import java.io.IOException;

/** An answer is longer than anything that a service should say. */
final class TooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLongException(String message) {
    super(message);
  }
}
