package dev.duckpond.tera;

import static dev.duckpond.tera.Parameter.optional;
import static dev.duckpond.tera.Parameter.required;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Filters that make strings of strings. */
final class TextFilters {
  /** What {@code truncate} keeps when it is not told. */
  private static final int DEFAULT_LENGTH = 255;

  /** What RFC 3986 calls unreserved, besides letters and digits, and the slash. */
  private static final String UNRESERVED = "-_.~/";

  static final List<Filter> ALL =
      List.of(
          new Filter(
              "lower",
              "Makes all letters small.",
              List.of(),
              new Example("{{ \"Noyo\" | lower }}", "noyo"),
              (input, call) -> Value.text(call.text(input).toLowerCase(Locale.ROOT))),
          new Filter(
              "upper",
              "Makes all letters capital.",
              List.of(),
              new Example("{{ \"Noyo\" | upper }}", "NOYO"),
              (input, call) -> Value.text(call.text(input).toUpperCase(Locale.ROOT))),
          new Filter(
              "capitalize",
              "Makes the first letter capital and all others small.",
              List.of(),
              new Example("{{ \"noyo HARBOR\" | capitalize }}", "Noyo harbor"),
              (input, call) -> Value.text(capitalized(call.text(input)))),
          new Filter(
              "title",
              "Makes the first letter of each word capital and the others small.",
              List.of(),
              new Example("{{ \"noyo  HARBOR\" | title }}", "Noyo  Harbor"),
              (input, call) -> Value.text(titled(call.text(input)))),
          new Filter(
              "wordcount",
              "Counts the words of a string.",
              List.of(),
              new Example("{{ \"three short words\" | wordcount }}", "3"),
              (input, call) -> Value.integer(words(call.text(input)))),
          new Filter(
              "replace",
              "Replaces each place where a string occurs.",
              List.of(
                  required("from", "the string to look for"), required("to", "what replaces it")),
              new Example("{{ \"a-b-c\" | replace(from=\"-\", to=\"/\") }}", "a/b/c"),
              TextFilters::replaced),
          new Filter(
              "addslashes",
              "Puts a backslash before quotes and backslashes.",
              List.of(),
              new Example("{{ \"I'm here\" | addslashes }}", "I\\'m here"),
              (input, call) -> Value.text(slashed(call.text(input)))),
          new Filter(
              "slugify",
              "Makes a name for a URL: small letters and digits with single hyphens.",
              List.of(),
              new Example("{{ \"-Héllo world! \" | slugify }}", "hello-world"),
              TextFilters::slug),
          new Filter(
              "truncate",
              "Cuts a string that is longer than a number of characters.",
              List.of(
                  optional("length", "how many to keep, 255 when not given"),
                  optional("end", "what is put after a string that was cut, `…` when not given")),
              new Example("{{ \"temperature\" | truncate(length=4) }}", "temp…"),
              TextFilters::truncated),
          new Filter(
              "indent",
              "Puts a prefix before each line but the first.",
              List.of(
                  optional("prefix", "what to put there, four spaces when not given"),
                  optional("first", "whether before the first line too"),
                  optional("blank", "whether before blank lines too")),
              new Example("{{ \"a\nb\" | indent(prefix=\"> \") }}", "a\n> b"),
              TextFilters::indented),
          new Filter(
              "split",
              "Makes an array of the parts between the places where a string occurs.",
              List.of(required("pat", "the string; `\\n` and `\\t` mean newline and tab")),
              new Example("{{ \"a/b/c\" | split(pat=\"/\") | join(sep=\"+\") }}", "a+b+c"),
              TextFilters::split),
          new Filter(
              "urlencode",
              "Writes all but letters, digits and `-_.~/` as percent and hexadecimal digits.",
              List.of(),
              new Example("{{ \"/foo?a=b&c=d\" | urlencode }}", "/foo%3Fa%3Db%26c%3Dd"),
              (input, call) -> Value.text(encoded(call.text(input), UNRESERVED))),
          new Filter(
              "urlencode_strict",
              "Writes all but letters and digits as percent and hexadecimal digits.",
              List.of(),
              new Example("{{ \"/foo?a=b\" | urlencode_strict }}", "%2Ffoo%3Fa%3Db"),
              (input, call) -> Value.text(encoded(call.text(input), ""))));

  private TextFilters() {}

  /** Reads the two escapes that arguments know, since Tera's strings have none. */
  static String unescaped(String pattern) {
    return pattern.replace("\\n", "\n").replace("\\t", "\t");
  }

  private static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int rest = text.offsetByCodePoints(0, 1);
    return text.substring(0, rest).toUpperCase(Locale.ROOT)
        + text.substring(rest).toLowerCase(Locale.ROOT);
  }

  private static String titled(String text) {
    StringBuilder titled = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      String letter = Character.toString(c);
      titled.append(inWord ? letter.toLowerCase(Locale.ROOT) : letter.toUpperCase(Locale.ROOT));
      inWord = Character.isLetterOrDigit(c) || c == '_' || c == '\'';
    }
    return titled.toString();
  }

  private static long words(String text) {
    long words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean blank = Character.isWhitespace(text.charAt(i));
      words += !blank && !inWord ? 1 : 0;
      inWord = !blank;
    }
    return words;
  }

  private static Value replaced(Value input, Call call) {
    String text = call.text(input);
    String from = call.text("from");
    String to = call.text("to");
    call.budget().search(text, from);
    BoundedText replaced = call.newText();
    int at = 0;
    int found = text.indexOf(from);
    while (found >= 0) {
      replaced.append(text, at, found).append(to);
      at = found + from.length();
      if (from.isEmpty() && found < text.length()) {
        replaced.append(text.charAt(found));
        at = found + 1;
      } else if (from.isEmpty()) {
        return Value.text(replaced.toString());
      }
      found = text.indexOf(from, at);
    }
    return Value.text(replaced.append(text, at, text.length()).toString());
  }

  private static Value slug(Value input, Call call) {
    String text = call.text(input);
    // Putting marks in order may compare each with each.
    call.budget().search(text, text);
    return Value.text(Slug.of(text));
  }

  private static String slashed(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("'", "\\'");
  }

  private static Value truncated(Value input, Call call) {
    String text = call.text(input);
    long length = call.integer("length", DEFAULT_LENGTH);
    if (length < 0) {
      throw new CallException("`truncate` cannot keep " + length + " characters", "");
    }
    String end = call.text("end", "…");
    int kept = length >= text.length() ? text.length() : Graphemes.end(text, (int) length);
    return kept == text.length() ? input : Value.text(text.substring(0, kept) + end);
  }

  private static Value indented(Value input, Call call) {
    String prefix = call.text("prefix", "    ");
    boolean first = call.flag("first");
    boolean blank = call.flag("blank");
    BoundedText indented = call.newText();
    boolean begun = false;
    for (String line : (Iterable<String>) call.text(input).lines()::iterator) {
      if (begun) {
        indented.append('\n');
      }
      if (begun ? blank || !line.isBlank() : first) {
        indented.append(prefix);
      }
      indented.append(line);
      begun = true;
    }
    return Value.text(indented.toString());
  }

  private static Value split(Value input, Call call) {
    String text = call.text(input);
    String pattern = unescaped(call.text("pat"));
    List<Value> parts = new ArrayList<>();
    call.budget().search(text, pattern);
    if (pattern.isEmpty()) {
      call.budget().madeArray(text.length());
      parts.add(Value.text(""));
      text.codePoints().forEach(c -> parts.add(Value.text(Character.toString(c))));
      parts.add(Value.text(""));
      return call.arrayOf(parts);
    }
    int at = 0;
    for (int found = text.indexOf(pattern); found >= 0; found = text.indexOf(pattern, at)) {
      parts.add(Value.text(text.substring(at, found)));
      if (parts.size() > call.budget().limits().elements()) {
        return call.arrayOf(parts);
      }
      at = found + pattern.length();
    }
    parts.add(Value.text(text.substring(at)));
    return call.arrayOf(parts);
  }

  private static String encoded(String text, String kept) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0);
      encoded.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return encoded.toString();
  }
}
