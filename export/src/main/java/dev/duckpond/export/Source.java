package dev.duckpond.export;

import dev.duckpond.factories.pages.Page;
import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.Node;
import java.io.IOException;
import java.io.OutputStream;

/** What the files of a target are made of. */
sealed interface Source {
  /** Rows, in a file for each partition. */
  record Rows(Node node, Relation relation) implements Source {}

  /** The bytes of a file of the pond. */
  record Bytes(Node node) implements Source {}

  /** A page, rendered with what was exported before it. */
  record Rendered(Page page) implements Source {}

  /** What something else makes. */
  record Made(Maker maker) implements Source {}

  /** Writes one file, of any length. */
  @FunctionalInterface
  interface Maker {
    void make(OutputStream out) throws IOException;
  }
}
