package dev.duckpond.collect;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A file of an inbox as Parquet, row by row.
 *
 * @param properties what the file says of itself, in its order
 * @param lines where the rows stand in it
 */
record InboxFile(Path parquet, Map<String, String> properties, Lines lines) {
  InboxFile {
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
