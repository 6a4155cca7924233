package dev.duckpond.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Holds a JSON array, in order. */
public record JsonArray(List<Json> elements) implements Json, Iterable<Json> {
  public JsonArray {
    elements = List.copyOf(elements);
  }

  /** Makes an array of the given values. */
  public static JsonArray of(Json... elements) {
    return new JsonArray(List.of(elements));
  }

  /** Makes an array of texts, in the order of the collection. */
  public static JsonArray ofTexts(Collection<String> texts) {
    List<Json> elements = new ArrayList<>(texts.size());
    for (String text : texts) {
      elements.add(new JsonText(text));
    }
    return new JsonArray(elements);
  }

  @Override
  public JsonArray asArray() {
    return this;
  }

  /** Returns the number of elements. */
  public int size() {
    return elements.size();
  }

  /** Returns the element at an index from 0; beyond the end is a {@link JsonException}. */
  public Json require(int index) {
    if (index < 0 || index >= elements.size()) {
      throw new JsonException("no element " + index + " in an array of " + elements.size());
    }
    return elements.get(index);
  }

  /** Returns all elements as text; throws when one is not text. */
  public List<String> texts() {
    return stream().map(Json::text).toList();
  }

  /** Returns the elements as a stream. */
  public Stream<Json> stream() {
    return elements.stream();
  }

  @Override
  public Iterator<Json> iterator() {
    return elements.iterator();
  }

  @Override
  public String toString() {
    return toText();
  }
}
