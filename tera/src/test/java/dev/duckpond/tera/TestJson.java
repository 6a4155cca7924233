package dev.duckpond.tera;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of test cases, whose text can be trusted. */
final class TestJson {
  private final String text;
  private int at;

  private TestJson(String text) {
    this.text = text;
  }

  static ObjectValue object(String text) {
    return (ObjectValue) new TestJson(text).value();
  }

  private Value value() {
    blank();
    char c = text.charAt(at);
    if (c == '{') {
      return members();
    }
    if (c == '[') {
      return elements();
    }
    if (c == '"') {
      return Value.text(string());
    }
    int start = at;
    while (at < text.length() && ",]} ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "null" -> Value.nothing();
      case "true" -> Value.bool(true);
      case "false" -> Value.bool(false);
      default ->
          word.matches("-?[0-9]+")
              ? Value.integer(new BigInteger(word))
              : Value.decimal(Double.parseDouble(word));
    };
  }

  private Value members() {
    Map<String, Value> members = new HashMap<>();
    at++;
    while (next() != '}') {
      String key = string();
      blank();
      at++;
      members.put(key, value());
    }
    at++;
    return ObjectValue.of(members);
  }

  private Value elements() {
    List<Value> elements = new ArrayList<>();
    at++;
    while (next() != ']') {
      elements.add(value());
    }
    at++;
    return ArrayValue.of(elements);
  }

  /** Skips blanks and commas. */
  private char next() {
    blank();
    while (text.charAt(at) == ',') {
      at++;
      blank();
    }
    return text.charAt(at);
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
        c = text.charAt(at) == 'n' ? '\n' : text.charAt(at);
      }
      string.append(c);
    }
    at++;
    return string.toString();
  }

  private void blank() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
