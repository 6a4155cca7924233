package dev.duckpond.tera;

import java.util.List;

/**
 * Tells one mistake of a template: where, what, what to do, and through which calls it was reached.
 *
 * <p>The message is several lines: place and problem, the line of the template with the spot marked
 * below it, the calls from the innermost on, and the remedy.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Longest part of a template's line that a message shows. */
  private static final int MAX_SHOWN = 160;

  /** A chain of calls longer than this is cut in its middle. */
  private static final int MAX_CALLS = 8;

  private final String template;
  private final int line;
  private final int column;
  private final String problem;
  private final String remedy;
  private final String excerpt;

  TemplateException(Fault fault, List<String> calls) {
    super(message(fault, calls));
    Span at = fault.at();
    this.template = at.source().name();
    this.line = at.source().line(at.start());
    this.column = at.source().column(at.start());
    this.problem = fault.problem();
    this.remedy = fault.remedy();
    StringBuilder drawn = new StringBuilder();
    appendExcerpt(drawn, at);
    this.excerpt = drawn.toString();
  }

  /** Answers the name of the template. */
  public String template() {
    return template;
  }

  /** Answers the line, from 1. */
  public int line() {
    return line;
  }

  /** Answers the column in characters, from 1. */
  public int column() {
    return column;
  }

  /** Answers what is wrong, without the place. */
  public String problem() {
    return problem;
  }

  /** Answers what to do about it, or empty. */
  public String remedy() {
    return remedy;
  }

  /** Answers the line of the template with the spot marked below it: three lines of text. */
  public String excerpt() {
    return excerpt;
  }

  private static String message(Fault fault, List<String> calls) {
    StringBuilder message = new StringBuilder();
    message.append(fault.at()).append(": ").append(fault.problem()).append('\n');
    appendExcerpt(message, fault.at());
    for (int i = 0; i < calls.size(); i++) {
      if (calls.size() > MAX_CALLS && i == MAX_CALLS / 2) {
        int skipped = calls.size() - MAX_CALLS;
        message.append("\n  … ").append(skipped).append(" more");
        i += skipped;
      }
      message.append("\n  ").append(calls.get(i));
    }
    if (!fault.remedy().isEmpty()) {
      message.append('\n').append(fault.remedy());
    }
    return message.toString();
  }

  private static void appendExcerpt(StringBuilder message, Span at) {
    String number = Integer.toString(at.source().line(at.start()));
    String text = at.source().lineText(at.start()).replace('\t', ' ');
    int from = text.offsetByCodePoints(0, at.source().column(at.start()) - 1);
    int to = Math.clamp((long) from + at.end() - at.start(), from, text.length());
    int cut = from > MAX_SHOWN / 2 ? from - MAX_SHOWN / 2 : 0;
    int end = Math.min(text.length(), cut + MAX_SHOWN);
    String margin = " ".repeat(number.length());
    message.append(margin).append(" |\n");
    message.append(number).append(" | ").append(text, cut, end).append('\n');
    int marks = Math.max(1, text.codePointCount(from, Math.clamp(end, from, to)));
    message.append(margin).append(" | ").append(" ".repeat(text.codePointCount(cut, from)));
    message.append("^".repeat(marks));
  }
}
