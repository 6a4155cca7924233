package dev.duckpond.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * Holds one immutable JSON value: an object, an array, text, a number, a flag or null.
 *
 * <p>Values are safe to share between threads. The accessors of the wrong kind ({@link #text()} of
 * a number, say) throw {@link JsonException} naming what was expected and what was found, so that a
 * chain such as {@code document.asObject().require("name").text()} reports bad input by itself.
 */
public sealed interface Json
    permits JsonObject, JsonArray, JsonText, JsonNumber, JsonFlag, JsonNull {

  /** Deepest nesting of objects and arrays that {@link #parse} accepts. */
  int MAX_DEPTH = 100;

  /** Longest document that {@link #parse} accepts: 64 Mi characters, or bytes of a stream. */
  int MAX_SIZE = 64 << 20;

  /**
   * Parses a document of exactly one value (RFC 8259).
   *
   * <p>A repeated member name, a document beyond {@link #MAX_DEPTH} or {@link #MAX_SIZE}, and
   * anything after the value are errors.
   *
   * @throws JsonException with line and column, both from 1, where the text is not JSON
   */
  static Json parse(String text) {
    return JsonReader.read(text);
  }

  /**
   * Parses a document of exactly one value from UTF-8 bytes and leaves the stream open.
   *
   * @throws JsonException as {@link #parse(String)} does
   * @throws IOException when the stream cannot be read
   */
  static Json parse(InputStream stream) throws IOException {
    return JsonReader.read(stream);
  }

  /** Wraps text. */
  static JsonText of(String value) {
    return new JsonText(value);
  }

  /** Wraps an integer, exactly. */
  static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /** Wraps a double; JSON has no NaN and no infinity, so those become {@link JsonNull}. */
  static Json of(double value) {
    return Double.isFinite(value) ? new JsonNumber(Double.toString(value)) : JsonNull.INSTANCE;
  }

  /** Wraps a flag. */
  static JsonFlag of(boolean value) {
    return new JsonFlag(value);
  }

  /** Returns the null value. */
  static JsonNull nothing() {
    return JsonNull.INSTANCE;
  }

  /** Tells whether this is the null value. */
  default boolean isNull() {
    return this instanceof JsonNull;
  }

  /** Returns this as an object. */
  default JsonObject asObject() {
    throw unexpected("an object");
  }

  /** Returns this as an array. */
  default JsonArray asArray() {
    throw unexpected("an array");
  }

  /** Returns the text of a {@link JsonText}. */
  default String text() {
    throw unexpected("text");
  }

  /** Returns the exact value of an integer number; a fraction or a number beyond 64 bits throws. */
  default long longValue() {
    throw unexpected("an integer");
  }

  /** Returns the exact value of an integer number that fits 32 bits. */
  default int intValue() {
    long value = longValue();
    if (value != (int) value) {
      throw new JsonException("expected an integer of 32 bits, found " + value);
    }
    return (int) value;
  }

  /** Returns the double nearest to a number. */
  default double doubleValue() {
    throw unexpected("a number");
  }

  /** Returns the value of a {@link JsonFlag}. */
  default boolean flag() {
    throw unexpected("true or false");
  }

  /**
   * Writes this value without white space.
   *
   * <p>Members keep their order. Control characters are escaped, and so is half of a surrogate pair
   * that stands alone: the output is always valid when encoded as UTF-8.
   *
   * @throws IOException when the target cannot be written
   */
  default void write(Appendable target) throws IOException {
    new JsonWriter(target, JsonWriter.Layout.COMPACT).write(this);
  }

  /** Returns what {@link #write} writes. */
  default String toText() {
    return JsonWriter.toText(this, JsonWriter.Layout.COMPACT);
  }

  /** Returns this value indented by two spaces, for people; without a newline at the end. */
  default String toPrettyText() {
    return JsonWriter.toText(this, JsonWriter.Layout.PRETTY);
  }

  private JsonException unexpected(String expected) {
    return new JsonException("expected " + expected + ", found " + JsonWriter.excerpt(this));
  }
}
