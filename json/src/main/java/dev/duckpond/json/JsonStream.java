package dev.duckpond.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document of any size piece by piece, in its order; memory is that of one value.
 *
 * <p>A walk enters an object and asks for member after member, or enters an array and asks for
 * element after element; of each it reads the value, enters it, or skips it. One thread only. The
 * caller closes it, which leaves the stream open. All methods throw {@link JsonException} where the
 * document is no JSON or another kind of value stands, and {@link EOFException} where it was cut
 * off; neither quotes the document.
 */
public final class JsonStream implements AutoCloseable {
  private static final String NO_JSON = "this is no JSON";

  private final JsonParser parser;

  private final Counted source;

  private JsonStream(JsonParser parser, Counted source) {
    this.parser = parser;
    this.source = source;
  }

  /** Starts at the first value of a document in UTF-8. */
  public static JsonStream open(InputStream stream) throws IOException {
    Counted source = new Counted(stream);
    JsonStream json = new JsonStream(JsonReader.openStream(source), source);
    if (json.advance() == null) {
      throw new EOFException("the document is empty");
    }
    return json;
  }

  /** Enters the object that stands here. */
  public void enterObject() throws IOException {
    require(JsonToken.START_OBJECT, "an object");
  }

  /** Enters the array that stands here. */
  public void enterArray() throws IOException {
    require(JsonToken.START_ARRAY, "an array");
  }

  /**
   * Moves to the next member of the object that was entered and answers its name; empty at its end,
   * where the walk is back in what holds the object.
   */
  public Optional<String> nextMember() throws IOException {
    if (advance() == JsonToken.END_OBJECT) {
      return Optional.empty();
    }
    String name = parser.currentName();
    advance();
    return Optional.of(name);
  }

  /** Moves to the next element of the array that was entered; false at its end. */
  public boolean nextElement() throws IOException {
    return advance() != JsonToken.END_ARRAY;
  }

  /** Passes over the value that stands here, whatever it is. */
  public void skip() throws IOException {
    try {
      parser.skipChildren();
      if (parser.currentToken() == null) {
        throw new EOFException("the document ends too early");
      }
    } catch (JsonProcessingException e) {
      throw translated(e);
    }
  }

  /** Tells whether null stands here. */
  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Answers the text, or the number as it is written, that stands here. */
  public String text() throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && (token == null || !token.isNumeric())) {
      throw unexpected("text");
    }
    try {
      return parser.getText();
    } catch (JsonProcessingException e) {
      throw translated(e);
    }
  }

  /** Answers the integer of 64 bits that stands here. */
  public long longValue() throws IOException {
    require(JsonToken.VALUE_NUMBER_INT, "an integer");
    try {
      return parser.getLongValue();
    } catch (JsonProcessingException e) {
      throw translated(e);
    }
  }

  /** Answers the double nearest to the number that stands here. */
  public double doubleValue() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isNumeric()) {
      throw unexpected("a number");
    }
    try {
      return parser.getDoubleValue();
    } catch (JsonProcessingException e) {
      throw translated(e);
    }
  }

  /** Makes sure that the document ends behind the value that was read last. */
  public void requireEnd() throws IOException {
    if (advance() != null) {
      throw unexpected("the end");
    }
  }

  /** Answers the error for something about the value that was read last. */
  public JsonException problem(String what) {
    return JsonReader.at(what, parser.currentLocation());
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private @Nullable JsonToken advance() throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException e) {
      throw translated(e);
    }
  }

  private void require(JsonToken wanted, String words) throws IOException {
    if (parser.currentToken() != wanted) {
      throw unexpected(words);
    }
  }

  private JsonException unexpected(String wanted) {
    return JsonReader.at(
        "here stands " + words(parser.currentToken()) + " in place of " + wanted,
        parser.currentTokenLocation());
  }

  private static String words(@Nullable JsonToken token) {
    return switch (token) {
      case null -> "the end";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          "something else";
    };
  }

  private JsonException translated(JsonProcessingException e) throws IOException {
    // A number that ends in the middle is told as a wrong one.
    JsonLocation at = e.getLocation();
    boolean isCut =
        e instanceof JsonEOFException
            || (source.hasEnded && at != null && at.getByteOffset() >= source.bytes - 1);
    if (isCut) {
      throw new EOFException("the document ends too early");
    }
    // Jackson's message quotes the document, which may hold what nobody is to see.
    return at == null ? new JsonException(NO_JSON) : JsonReader.at(NO_JSON, at);
  }

  /** Knows where the document ends. */
  private static final class Counted extends FilterInputStream {
    private long bytes;
    private boolean hasEnded;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? -1 : 1);
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(read);
      return read;
    }

    private void count(int read) {
      hasEnded |= read < 0;
      bytes += Math.max(0, read);
    }
  }
}
