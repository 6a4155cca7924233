package dev.duckpond.tinyfs;

import java.util.Optional;

/** Says what a node is; the text is what users write and what the operation log holds. */
public enum EntryType {
  DIRECTORY("directory"),
  DYNAMIC_DIRECTORY("dynamic-directory"),
  SYMLINK("symlink"),
  DATA("data"),
  DATA_SERIES("data:series"),
  DATA_DYNAMIC("data:dynamic"),
  TABLE("table"),
  TABLE_SERIES("table:series"),
  TABLE_DYNAMIC("table:dynamic");

  private final String text;

  EntryType(String text) {
    this.text = text;
  }

  /** Answers the word that users write, {@code table:series} for instance. */
  public String text() {
    return text;
  }

  /** Finds the type by its word; {@code series} is short for {@code table:series}. */
  public static Optional<EntryType> find(String text) {
    if (text.equals("series")) {
      return Optional.of(TABLE_SERIES);
    }
    for (EntryType type : values()) {
      if (type.text.equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Tells whether entries lie below nodes of this type. */
  public boolean isDirectory() {
    return this == DIRECTORY || this == DYNAMIC_DIRECTORY;
  }

  /** Tells whether a factory computes the node. */
  public boolean isDynamic() {
    return this == DYNAMIC_DIRECTORY || this == DATA_DYNAMIC || this == TABLE_DYNAMIC;
  }

  /** Tells whether the node is a relation: rows with named, typed columns. */
  public boolean isRelation() {
    return this == TABLE || this == TABLE_SERIES || this == TABLE_DYNAMIC;
  }

  /** Tells whether all versions together are the content; of other types only the newest is. */
  public boolean isAppended() {
    return this == TABLE_SERIES || this == DATA_SERIES;
  }

  /** Tells whether versions hold content that this pond stores. */
  public boolean isStored() {
    return switch (this) {
      case DATA, DATA_SERIES, TABLE, TABLE_SERIES -> true;
      case DIRECTORY, DYNAMIC_DIRECTORY, SYMLINK, DATA_DYNAMIC, TABLE_DYNAMIC -> false;
    };
  }
}
