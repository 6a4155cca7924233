package dev.duckpond.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds values from Jackson's token stream; with {@link JsonStream}, the only class that knows
 * Jackson.
 */
final class JsonReader {
  private static final int MAX_NUMBER_CHARS = 1000;

  /** Longest text within a document that is read piece by piece. */
  private static final int MAX_STREAMED_TEXT = 1 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Json.MAX_DEPTH)
                  .maxDocumentLength(Json.MAX_SIZE)
                  .maxStringLength(Json.MAX_SIZE)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final JsonFactory STREAMING =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Json.MAX_DEPTH)
                  .maxStringLength(MAX_STREAMED_TEXT)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final JsonParser parser;

  private static final Pattern BEGIN = Pattern.compile(" ?\\([^()\\[]*\\[Source: [^\\]]*\\]\\)");

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  static Json read(String text) {
    // Jackson checks the length of a document only where it reads a further buffer.
    if (text.length() > Json.MAX_SIZE) {
      throw new JsonException("document of " + text.length() + " characters is too long");
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonReader(parser).readDocument();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  static Json read(InputStream stream) throws IOException {
    try (JsonParser parser = FACTORY.createParser(stream)) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      return new JsonReader(parser).readDocument();
    }
  }

  /** Opens a document that may be longer than one that is read as a whole; it stays open. */
  static JsonParser openStream(InputStream stream) throws IOException {
    return STREAMING.createParser(stream).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  private Json readDocument() throws IOException {
    try {
      Json document = readValue(parser.nextToken());
      if (parser.nextToken() != null) {
        throw problem("unexpected text after the end of the document");
      }
      return document;
    } catch (JsonProcessingException e) {
      throw translate(e);
    }
  }

  private Json readValue(@Nullable JsonToken token) throws IOException {
    return switch (token) {
      case null -> throw problem("the document ends where a value is expected");
      case START_OBJECT -> readObject();
      case START_ARRAY -> readArray();
      case VALUE_STRING -> new JsonText(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
      case VALUE_TRUE -> new JsonFlag(true);
      case VALUE_FALSE -> new JsonFlag(false);
      case VALUE_NULL -> JsonNull.INSTANCE;
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("the parser gave " + token + " for a value");
    };
  }

  private JsonObject readObject() throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (members.containsKey(name)) {
        throw problem("member \"" + name + "\" is given twice");
      }
      members.put(name, readValue(parser.nextToken()));
    }
    return new JsonObject(members);
  }

  private JsonArray readArray() throws IOException {
    List<Json> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(readValue(token));
    }
    return new JsonArray(elements);
  }

  private JsonException problem(String message) {
    JsonLocation location = parser.currentTokenLocation();
    return at(message, location);
  }

  /** Jackson counts the end of an empty document as column 0. */
  static JsonException at(String message, JsonLocation location) {
    return new JsonException(
        message, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /**
   * Keeps the first line of Jackson's message, which speaks of its own classes further down, and
   * where it tells the place of a begin.
   */
  static JsonException translate(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    String firstLine = BEGIN.matcher(message.lines().findFirst().orElse("not JSON")).replaceAll("");
    JsonLocation location = e.getLocation();
    return location == null ? new JsonException(firstLine) : at(firstLine, location);
  }
}
