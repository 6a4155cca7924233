package dev.duckpond.config;

import dev.duckpond.json.Json;
import java.util.Optional;

/**
 * A key of an {@link ObjectShape}. Compared by identity: it is the handle by which its value is
 * taken from {@link Fields}.
 *
 * @param <T> what its value becomes
 */
public final class Field<T> {
  private final String key;
  private final Shape<T> shape;
  private final Optional<T> otherwise;
  private final Optional<Json> otherwiseText;
  private final Presence presence;
  private final String meaning;

  enum Presence {
    REQUIRED,
    OPTIONAL
  }

  private Field(
      String key,
      Shape<T> shape,
      Presence presence,
      Optional<T> otherwise,
      Optional<Json> otherwiseText,
      String meaning) {
    this.key = key;
    this.shape = shape;
    this.presence = presence;
    this.otherwise = otherwise;
    this.otherwiseText = otherwiseText;
    this.meaning = meaning;
  }

  /**
   * Answers a key that must be there.
   *
   * @param meaning a sentence for the reference
   */
  public static <T> Field<T> required(String key, Shape<T> shape, String meaning) {
    return new Field<>(key, shape, Presence.REQUIRED, Optional.empty(), Optional.empty(), meaning);
  }

  /** Answers a key that may be left out. */
  public static <T> Field<T> optional(String key, Shape<T> shape, String meaning) {
    return new Field<>(key, shape, Presence.OPTIONAL, Optional.empty(), Optional.empty(), meaning);
  }

  /**
   * Answers a key that may be left out, with what then holds.
   *
   * @param written the value as the reference shows it
   */
  public static <T> Field<T> optional(
      String key, Shape<T> shape, T otherwise, Json written, String meaning) {
    return new Field<>(
        key, shape, Presence.OPTIONAL, Optional.of(otherwise), Optional.of(written), meaning);
  }

  /** Answers a text that may be left out, with what then holds. */
  public static Field<String> optional(
      String key, Shape<String> shape, String otherwise, String meaning) {
    return optional(key, shape, otherwise, Json.of(otherwise), meaning);
  }

  public String key() {
    return key;
  }

  public Shape<T> shape() {
    return shape;
  }

  public String meaning() {
    return meaning;
  }

  /** Tells whether it must be there. */
  public boolean isRequired() {
    return presence == Presence.REQUIRED;
  }

  /** Finds the value as written that holds when it is left out. */
  public Optional<Json> findDefault() {
    return otherwiseText;
  }

  Optional<T> otherwise() {
    return otherwise;
  }
}
