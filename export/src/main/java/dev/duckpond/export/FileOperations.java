package dev.duckpond.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * What an export does to the directory it writes into, one step at a time, so that a test can stop
 * it at any of them. Files that the SQL engine writes are staged beside this, and become part of
 * the export only by {@link #rename}.
 */
interface FileOperations {
  /**
   * Makes a directory and those above it that are missing.
   *
   * @return the directories whose names changed by that; they are to be synchronised
   */
  List<Path> makeDirectories(Path directory) throws IOException;

  /** Makes what some files hold durable, in any order. */
  void sync(Collection<Path> files) throws IOException;

  /** Makes the names in some directories durable, in any order. */
  void syncDirectories(Collection<Path> directories) throws IOException;

  /** Gives a file another name, replacing what has it, in one step. */
  void rename(Path from, Path to) throws IOException;

  /** Removes a file or an empty directory, if it is there. */
  void delete(Path path) throws IOException;

  /** Appends lines to a file, made when it is not there; they are durable on return. */
  void append(Path file, List<String> lines) throws IOException;

  /** Writes a file, durably; what had the name is cut off. */
  void write(Path file, String text) throws IOException;
}
