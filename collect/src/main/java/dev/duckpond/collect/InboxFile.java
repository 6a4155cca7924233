package dev.duckpond.collect;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A file of an inbox as Parquet, row by row.
 *
 * @param properties what the file says of itself, in its order
 * @param numbers columns of text that hold nothing but numbers, as they are written
 * @param lines where the rows stand in it
 */
record InboxFile(Path parquet, Map<String, String> properties, Set<String> numbers, Lines lines) {
  InboxFile {
    numbers = Set.copyOf(numbers);
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** Finds lines in a file. */
  @FunctionalInterface
  interface Lines {
    /** No file whose lines anybody would look at. */
    Lines NONE = _ -> OptionalLong.empty();

    OptionalLong find(long row);
  }

  /** Finds the line, from 1, in which a row, from 0, begins. */
  OptionalLong findLine(long row) {
    return lines.find(row);
  }
}
