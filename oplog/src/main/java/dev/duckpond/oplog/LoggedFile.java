package dev.duckpond.oplog;

import java.util.Map;

/** A data file that a Delta table holds now, by its name in the table's directory. */
record LoggedFile(String name, Map<String, String> tags) {
  LoggedFile {
    tags = Map.copyOf(tags);
  }
}
