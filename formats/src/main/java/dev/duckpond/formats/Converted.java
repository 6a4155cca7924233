package dev.duckpond.formats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a conversion came to.
 *
 * @param properties what the file says of itself beside its rows, in its order
 */
public record Converted(long rows, Rejected rejected, Map<String, String> properties) {
  public Converted {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** Answers what a conversion of a file came to that says nothing of itself. */
  public Converted(long rows, Rejected rejected) {
    this(rows, rejected, Map.of());
  }

  Converted with(Map<String, String> found) {
    return new Converted(rows, rejected, found);
  }
}
