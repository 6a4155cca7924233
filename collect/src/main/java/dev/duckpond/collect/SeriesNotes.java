package dev.duckpond.collect;

import dev.duckpond.query.ColumnUnits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of rows beside them.
 *
 * @param label what errors call the rows
 * @param units of columns, by name
 * @param properties of the source; those of a source without any stay as they were
 */
record SeriesNotes(String label, ColumnUnits units, Map<String, String> properties) {
  SeriesNotes {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  static SeriesNotes of(String label, ColumnUnits units) {
    return new SeriesNotes(label, units, Map.of());
  }
}
