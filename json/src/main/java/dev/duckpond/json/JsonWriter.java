package dev.duckpond.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;

/** Writes values as text. */
final class JsonWriter {

  /** How the text is laid out. */
  enum Layout {
    COMPACT,
    PRETTY
  }

  private static final int EXCERPT_CHARS = 60;
  private static final String HEX = "0123456789abcdef";

  private final Appendable target;
  private final Layout layout;
  private int depth;

  JsonWriter(Appendable target, Layout layout) {
    this.target = target;
    this.layout = layout;
  }

  static String toText(Json value, Layout layout) {
    StringBuilder text = new StringBuilder();
    try {
      new JsonWriter(text, layout).write(value);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  /** Returns the beginning of a value for a message. */
  static String excerpt(Json value) {
    String text = toText(value, Layout.COMPACT);
    return text.length() <= EXCERPT_CHARS ? text : text.substring(0, EXCERPT_CHARS) + "…";
  }

  void write(Json value) throws IOException {
    switch (value) {
      case JsonObject object -> writeObject(object);
      case JsonArray array -> writeArray(array);
      case JsonText text -> writeText(text.value());
      case JsonNumber number -> target.append(number.literal());
      case JsonFlag flag -> target.append(flag.value() ? "true" : "false");
      case JsonNull ignored -> target.append("null");
    }
  }

  private void writeObject(JsonObject object) throws IOException {
    if (object.members().isEmpty()) {
      target.append("{}");
      return;
    }
    target.append('{');
    depth++;
    for (Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
        members.hasNext(); ) {
      Map.Entry<String, Json> member = members.next();
      newLine();
      writeText(member.getKey());
      target.append(layout == Layout.PRETTY ? ": " : ":");
      write(member.getValue());
      if (members.hasNext()) {
        target.append(',');
      }
    }
    depth--;
    newLine();
    target.append('}');
  }

  private void writeArray(JsonArray array) throws IOException {
    if (array.elements().isEmpty()) {
      target.append("[]");
      return;
    }
    target.append('[');
    depth++;
    for (Iterator<Json> elements = array.iterator(); elements.hasNext(); ) {
      newLine();
      write(elements.next());
      if (elements.hasNext()) {
        target.append(',');
      }
    }
    depth--;
    newLine();
    target.append(']');
  }

  private void newLine() throws IOException {
    if (layout == Layout.PRETTY) {
      target.append('\n').append("  ".repeat(depth));
    }
  }

  private void writeText(String text) throws IOException {
    target.append('"');
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text, i)) {
        target.append(text, written, i);
        writeEscape(text.charAt(i));
        written = i + 1;
      }
    }
    target.append(text, written, text.length()).append('"');
  }

  /** Tells whether a character may stand as it is; both halves of a whole surrogate pair may. */
  private static boolean isPlain(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
    return c >= ' ' && c != '"' && c != '\\';
  }

  private void writeEscape(char c) throws IOException {
    switch (c) {
      case '"' -> target.append("\\\"");
      case '\\' -> target.append("\\\\");
      case '\n' -> target.append("\\n");
      case '\r' -> target.append("\\r");
      case '\t' -> target.append("\\t");
      default ->
          target
              .append("\\u")
              .append(HEX.charAt(c >> 12))
              .append(HEX.charAt((c >> 8) & 0xF))
              .append(HEX.charAt((c >> 4) & 0xF))
              .append(HEX.charAt(c & 0xF));
    }
  }
}
