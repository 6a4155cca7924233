package dev.duckpond.collect;

import dev.duckpond.query.ColumnUnits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is noted of rows beside them.
 *
 * @param units of columns, by name
 * @param properties of the source; those of a source without any stay as they were
 */
record SeriesNotes(ColumnUnits units, Map<String, String> properties) {
  SeriesNotes {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  static SeriesNotes of(ColumnUnits units) {
    return new SeriesNotes(units, Map.of());
  }
}
