package dev.duckpond.json;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Holds a JSON object whose members keep the order they were written in. */
public record JsonObject(Map<String, Json> members) implements Json {
  public JsonObject {
    Map<String, Json> copy = new LinkedHashMap<>(members);
    copy.forEach((name, value) -> {
      Objects.requireNonNull(name, "member name");
      Objects.requireNonNull(value, name);
    });
    members = Collections.unmodifiableMap(copy);
  }

  /** Starts an object. */
  public static Builder builder() {
    return new Builder();
  }

  /** Makes an object of texts, in the order of the map. */
  public static JsonObject ofTexts(Map<String, String> texts) {
    Builder builder = builder();
    texts.forEach(builder::put);
    return builder.build();
  }

  @Override
  public JsonObject asObject() {
    return this;
  }

  /** Finds a member; a member that is null is found, as {@link JsonNull}. */
  public Optional<Json> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** Finds a member that is there and is not null. */
  public Optional<Json> findValue(String name) {
    return find(name).filter(value -> !value.isNull());
  }

  /** Finds a text member; absent and null are empty, another kind throws. */
  public Optional<String> findText(String name) {
    return findValue(name).map(Json::text);
  }

  /** Finds an integer member; absent and null are empty, another kind throws. */
  public OptionalLong findLong(String name) {
    Optional<Json> value = findValue(name);
    return value.isPresent() ? OptionalLong.of(value.get().longValue()) : OptionalLong.empty();
  }

  /** Returns a member, which must be there. */
  public Json require(String name) {
    return find(name)
        .orElseThrow(() ->
            new JsonException("member \"" + name + "\" is missing in " + JsonWriter.excerpt(this)));
  }

  /** Returns every member as text, in order; throws when one is not text. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach((name, value) -> texts.put(name, value.text()));
    return Collections.unmodifiableMap(texts);
  }

  /** Starts an object with the members of this one. */
  public Builder toBuilder() {
    Builder builder = builder();
    members.forEach(builder::put);
    return builder;
  }

  @Override
  public String toString() {
    return toText();
  }

  /** Collects members; a repeated name replaces the value and keeps the place. One thread only. */
  public static final class Builder {
    private final Map<String, Json> members = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a value of any kind. */
    public Builder put(String name, Json value) {
      members.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, name));
      return this;
    }

    /** Adds text. */
    public Builder put(String name, String value) {
      return put(name, Json.of(value));
    }

    /** Adds an integer. */
    public Builder put(String name, long value) {
      return put(name, Json.of(value));
    }

    /** Adds a double; NaN and infinities become null. */
    public Builder put(String name, double value) {
      return put(name, Json.of(value));
    }

    /** Adds a flag. */
    public Builder put(String name, boolean value) {
      return put(name, Json.of(value));
    }

    /** Adds an array of texts. */
    public Builder put(String name, Collection<String> texts) {
      return put(name, JsonArray.ofTexts(texts));
    }

    /** Adds text, or null. */
    public Builder putNullable(String name, @Nullable String value) {
      return put(name, value == null ? JsonNull.INSTANCE : Json.of(value));
    }

    /** Adds an integer, or null. */
    public Builder putNullable(String name, @Nullable Long value) {
      return put(name, value == null ? JsonNull.INSTANCE : Json.of(value.longValue()));
    }

    /** Returns the object; the builder can go on. */
    public JsonObject build() {
      return new JsonObject(members);
    }
  }
}
