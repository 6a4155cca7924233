package dev.duckpond.query;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The column of a relation that holds the event time: in SQL it is a TIMESTAMP, UTC, microseconds.
 *
 * @param name the name, which normalisation keeps
 * @param encodings how the files behind the relation hold it; several when versions differ
 */
public record TimeColumn(String name, Set<TimeEncoding> encodings) {
  public TimeColumn {
    encodings = Collections.unmodifiableSet(new TreeSet<>(encodings));
    if (name.isEmpty() || encodings.isEmpty()) {
      throw new IllegalArgumentException("a time column has a name and an encoding");
    }
  }
}
