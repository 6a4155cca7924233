package dev.duckpond.cli;

import dev.duckpond.query.TerminalText;
import dev.duckpond.steward.Redaction;
import dev.duckpond.tinyfs.PondException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/**
 * Prints what went wrong on standard error: what and why, then what to try.
 *
 * <pre>
 * pond: cannot read /a/b: no such path
 *   try: pond list '/a/*'
 * </pre>
 */
final class ErrorPrinter {
  private final CliOutput err;
  private final Style style;
  private final Redaction redaction;

  /**
   * Prints on a stream.
   *
   * @param redaction masks the secrets of the command line
   */
  ErrorPrinter(CliOutput err, Style style, Redaction redaction) {
    this.err = err;
    this.style = style;
    this.redaction = redaction;
  }

  /** Prints an error the user can do something about. */
  void print(PondException error) {
    String head = error.problem();
    if (!error.reason().isEmpty()) {
      head += ": " + error.reason();
    }
    print(head, error.remedy());
  }

  /** Prints an error that should not happen. */
  void printInternal(Throwable error) {
    String message = error.getMessage();
    String what = error.getClass().getSimpleName();
    print(
        "internal error: "
            + what
            + (message == null ? "" : ": " + message.lines().findFirst().orElse("")),
        "run again with --debug and report what it prints");
  }

  /** Prints where an error came from, for {@code --debug}. */
  void printTrace(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace, true));
    err.print(style.dim(redaction.clean(trace.toString())));
  }

  /** Prints a problem in one line and a remedy, which may be empty, in a second. */
  void print(String problem, String remedy) {
    err.line(style.error("pond:") + " " + indented(problem));
    if (!remedy.isEmpty()) {
      err.line("  " + style.hint("try:") + " " + indented(remedy));
    }
  }

  /** Prints something that is not an error but should be known. */
  void warn(String text) {
    err.line(style.warning("pond:") + " " + indented(text));
  }

  private String indented(String text) {
    return redaction
        .clean(text)
        .strip()
        .lines()
        .map(TerminalText::escaped)
        .collect(Collectors.joining("\n    "));
  }
}
