package dev.duckpond.testkit;

/** Names the operations that change what is on a disk, or make it last. */
enum FileChange {
  CREATE_FILE,
  CREATE_DIRECTORY,
  LINK,
  MOVE,
  WRITE,
  FORCE,
  TRUNCATE,
  DELETE;

  boolean needsRoom() {
    return switch (this) {
      case CREATE_FILE, CREATE_DIRECTORY, LINK, MOVE, WRITE, FORCE -> true;
      case TRUNCATE, DELETE -> false;
    };
  }
}
