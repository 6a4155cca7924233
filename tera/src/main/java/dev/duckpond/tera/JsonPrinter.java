package dev.duckpond.tera;

import java.util.Locale;
import java.util.Optional;

/** Writes values as JSON (RFC 8259), on one line or indented by two spaces. */
final class JsonPrinter {
  /** How the document is laid out. */
  enum Layout {
    COMPACT,
    PRETTY
  }

  /** Which characters of strings are written as numbers, besides those that JSON asks for. */
  enum Charset {
    ANY,
    /** None that means something in HTML, so that the document may stand in a script element. */
    SAFE_IN_HTML
  }

  private final BoundedText text;
  private final Budget budget;
  private final Layout layout;
  private final Charset charset;

  private JsonPrinter(Budget budget, Layout layout, Charset charset) {
    this.text = new BoundedText(budget);
    this.budget = budget;
    this.layout = layout;
    this.charset = charset;
  }

  static String print(Value value, Layout layout, Charset charset, Budget budget) {
    JsonPrinter printer = new JsonPrinter(budget, layout, charset);
    printer.append(value, 0);
    return printer.text.toString();
  }

  private void append(Value value, int depth) {
    Nesting.check(depth);
    budget.spend(1);
    switch (value) {
      case NullValue _ -> text.append("null");
      case BoolValue flag -> text.append(Boolean.toString(flag.flag()));
      case IntegerValue number -> text.append(Long.toString(number.number()));
      case BigValue number -> text.append(number.number().toString());
      case FloatValue number -> text.append(Decimals.json(number.number()));
      case TextValue plain -> appendString(plain.text());
      case ArrayValue array -> appendArray(array, depth);
      case ObjectValue object -> appendObject(object, depth);
    }
  }

  private void appendArray(ArrayValue array, int depth) {
    if (array.size() == 0) {
      text.append("[]");
      return;
    }
    text.append('[');
    for (int i = 0; i < array.size(); i++) {
      text.append(i == 0 ? "" : ",");
      newLine(depth + 1);
      append(array.at(i), depth + 1);
    }
    newLine(depth);
    text.append(']');
  }

  private void appendObject(ObjectValue object, int depth) {
    if (object.keys().isEmpty()) {
      text.append("{}");
      return;
    }
    text.append('{');
    String separator = "";
    for (String key : object.keys()) {
      text.append(separator);
      separator = ",";
      newLine(depth + 1);
      appendString(key);
      text.append(layout == Layout.PRETTY ? ": " : ":");
      Optional<Value> member = object.find(key);
      append(member.orElse(NullValue.NULL), depth + 1);
    }
    newLine(depth);
    text.append('}');
  }

  private void newLine(int depth) {
    if (layout == Layout.PRETTY) {
      text.append("\n").append("  ".repeat(depth));
    }
  }

  private void appendString(String plain) {
    text.append('"');
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '<', '>', '&', '\'', '\u2028', '\u2029' -> {
          if (charset == Charset.SAFE_IN_HTML) {
            text.append(numbered(c));
          } else {
            text.append(c);
          }
        }
        default -> {
          if (c < ' ') {
            text.append(numbered(c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static String numbered(char c) {
    return String.format(Locale.ROOT, "\\u%04x", (int) c);
  }
}
