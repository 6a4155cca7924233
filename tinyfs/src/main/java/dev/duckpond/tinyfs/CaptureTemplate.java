package dev.duckpond.tinyfs;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with references to captures: {@code $0} to {@code $9}, and <code>${10}</code> for any
 * number. A dollar sign that starts neither stands for itself. Checked when it is read.
 */
public final class CaptureTemplate {
  private sealed interface Part {
    record Text(String text) implements Part {}

    record Reference(int number) implements Part {}
  }

  private final String source;
  private final List<Part> parts;

  private CaptureTemplate(String source, List<Part> parts) {
    this.source = source;
    this.parts = parts;
  }

  /**
   * Reads a template for a pattern with {@code captureCount} captures.
   *
   * @throws PondException.Usage when it names a capture that the pattern does not have
   */
  public static CaptureTemplate parse(String source, int captureCount) {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      int end = referenceEnd(source, at);
      if (end < 0) {
        text.append(source.charAt(at++));
        continue;
      }
      String digits = source.substring(at, end).replaceAll("[^0-9]", "");
      parts.add(new Part.Text(text.toString()));
      parts.add(new Part.Reference(requireNumber(source, digits, captureCount)));
      text.setLength(0);
      at = end;
    }
    parts.add(new Part.Text(text.toString()));
    return new CaptureTemplate(source, List.copyOf(parts));
  }

  /** Answers the text with every reference replaced. */
  public String expand(Captures captures) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text literal -> out.append(literal.text());
        case Part.Reference reference -> out.append(captures.texts().get(reference.number()));
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return source;
  }

  /** Answers where the reference that starts at {@code at} ends, or -1 when none starts there. */
  private static int referenceEnd(String source, int at) {
    if (source.charAt(at) != '$' || at + 1 >= source.length()) {
      return -1;
    }
    if (isDigit(source.charAt(at + 1))) {
      return at + 2;
    }
    if (source.charAt(at + 1) != '{') {
      return -1;
    }
    int end = at + 2;
    while (end < source.length() && isDigit(source.charAt(end))) {
      end++;
    }
    boolean closed = end > at + 2 && end < source.length() && source.charAt(end) == '}';
    return closed ? end + 1 : -1;
  }

  private static int requireNumber(String source, String digits, int captureCount) {
    if (digits.length() > 4 || Integer.parseInt(digits) >= captureCount) {
      throw new PondException.Usage(
          "'" + source + "' refers to capture " + digits,
          "the pattern has " + captureCount + (captureCount == 1 ? " capture" : " captures"),
          switch (captureCount) {
            case 0 -> "Add a wildcard to the pattern or remove the reference.";
            case 1 -> "Use $0, or add a wildcard to the pattern.";
            default -> "Use $0 to $" + (captureCount - 1) + ".";
          });
    }
    return Integer.parseInt(digits);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
