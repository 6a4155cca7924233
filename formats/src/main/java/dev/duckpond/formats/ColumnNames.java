package dev.duckpond.formats;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives out the names of columns; one that is taken, in any letters, gets a number behind it. */
final class ColumnNames {
  /** The name of the time in every converted file. */
  static final String TIMESTAMP = "timestamp";

  private final Set<String> taken = new HashSet<>();

  /** Starts with the time taken. */
  ColumnNames() {
    taken.add(TIMESTAMP);
  }

  String unique(String wanted) {
    String plain = wanted.replace("\0", "");
    String base = plain.isEmpty() ? "column" : plain;
    String name = base;
    for (int number = 1; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      name = base + "_" + number;
    }
    return name;
  }
}
