package dev.duckpond.duckdb;

/** Says that {@link DuckSession#within} stopped what took too long. */
public final class TooSlowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooSlowException(String message, RuntimeException cause) {
    super(message, cause);
  }
}
