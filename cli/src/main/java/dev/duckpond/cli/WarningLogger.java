package dev.duckpond.cli;

import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Tells warnings and errors, each in one line, to the command that runs on this thread. */
final class WarningLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  /** Where warnings of this thread go; bound while a command runs, and dropped elsewhere. */
  static final ScopedValue<Consumer<String>> LISTENER = ScopedValue.newInstance();

  WarningLogger(String name) {
    this.name = name;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return false;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    if (LISTENER.isBound()) {
      String text = MessageFormatter.basicArrayFormat(pattern, arguments);
      LISTENER.get().accept(oneLine(cause == null ? text : text + ": " + reason(cause)));
    }
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String oneLine(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining(" "));
  }
}
