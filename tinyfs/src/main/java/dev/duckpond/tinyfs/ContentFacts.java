package dev.duckpond.tinyfs;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What is known of a version's content without opening it.
 *
 * @param rowCount rows of a relation
 * @param bounds earliest and latest event time of a series
 * @param timeColumn the column that holds the event time of a series
 * @param factory the factory of a dynamic node; its content is then the configuration
 * @param attributes further facts by name, sorted: see {@code docs/format/operation-log.md}
 */
public record ContentFacts(
    OptionalLong rowCount,
    Optional<EventBounds> bounds,
    Optional<String> timeColumn,
    Optional<String> factory,
    Map<String, String> attributes) {
  /** Nothing is known. */
  public static final ContentFacts NONE = builder().build();

  public ContentFacts {
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects facts; what is not set stays unknown. Not thread-safe. */
  public static final class Builder {
    private OptionalLong rowCount = OptionalLong.empty();
    private Optional<EventBounds> bounds = Optional.empty();
    private Optional<String> timeColumn = Optional.empty();
    private Optional<String> factory = Optional.empty();
    private final Map<String, String> attributes = new TreeMap<>();

    private Builder() {}

    public Builder rowCount(long rows) {
      rowCount = OptionalLong.of(rows);
      return this;
    }

    public Builder bounds(Optional<EventBounds> known) {
      bounds = known;
      return this;
    }

    public Builder timeColumn(String name) {
      timeColumn = Optional.of(name);
      return this;
    }

    public Builder factory(String name) {
      factory = Optional.of(name);
      return this;
    }

    public Builder attribute(String name, String value) {
      attributes.put(name, value);
      return this;
    }

    public Builder attributes(Map<String, String> all) {
      attributes.putAll(all);
      return this;
    }

    public ContentFacts build() {
      return new ContentFacts(rowCount, bounds, timeColumn, factory, attributes);
    }
  }
}
