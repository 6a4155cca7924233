package dev.duckpond.config;

import java.util.IdentityHashMap;
import java.util.Optional;

/** The values of one mapping, by field, and where they stand. Not thread-safe. */
public final class Fields {
  private final ConfigPlace place;
  private final Mistakes mistakes;
  private final IdentityHashMap<Field<?>, Object> values = new IdentityHashMap<>();
  private final IdentityHashMap<Field<?>, ConfigPlace> places = new IdentityHashMap<>();

  Fields(ConfigPlace place, Mistakes mistakes) {
    this.place = place;
    this.mistakes = mistakes;
  }

  <T> void put(Field<T> field, ConfigPlace where, T value) {
    values.put(field, value);
    places.put(field, where);
  }

  /** Answers the value of a field that is required or has a default. */
  public <T> T value(Field<T> field) {
    return find(field).orElseThrow(() -> new IllegalStateException(field.key() + " is optional"));
  }

  /** Finds the value of a field, else its default. */
  public <T> Optional<T> find(Field<T> field) {
    // Only put() fills the map, with values of the field's own type.
    @SuppressWarnings("unchecked")
    T value = (T) values.get(field);
    return Optional.ofNullable(value).or(field::otherwise);
  }

  /** Tells whether a key was written. */
  public boolean has(Field<?> field) {
    return values.containsKey(field);
  }

  /** Answers where the value of a field stands, or the mapping when it was left out. */
  public ConfigPlace place(Field<?> field) {
    return places.getOrDefault(field, place);
  }

  /** Answers where the mapping stands. */
  public ConfigPlace place() {
    return place;
  }

  /** Reports that a value does not go with the others. */
  public void mistake(Field<?> field, String problem, String remedy) {
    mistakes.add(place(field), problem, remedy);
  }

  /** Answers the mistakes that are collected. */
  public Mistakes mistakes() {
    return mistakes;
  }
}
