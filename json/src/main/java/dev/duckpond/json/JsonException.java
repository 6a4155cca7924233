package dev.duckpond.json;

/**
 * Reports text that is not JSON, or JSON of another shape than asked for.
 *
 * <p>Line and column count from 1 and are 0 when the value did not come from a text at hand; the
 * message names them where they are known.
 */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final int line;
  private final int column;

  JsonException(String message) {
    super(message);
    this.problem = message;
    this.line = 0;
    this.column = 0;
  }

  JsonException(String message, int line, int column) {
    super(message + " (line " + line + ", column " + column + ")");
    this.problem = message;
    this.line = line;
    this.column = column;
  }

  /** Returns the message without the place. */
  public String problem() {
    return problem;
  }

  /** Returns the line of the problem, from 1, or 0 when not known. */
  public int line() {
    return line;
  }

  /** Returns the column of the problem, from 1, or 0 when not known. */
  public int column() {
    return column;
  }
}
