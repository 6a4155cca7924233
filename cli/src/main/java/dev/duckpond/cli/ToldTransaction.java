package dev.duckpond.cli;

import dev.duckpond.oplog.ControlRow;
import dev.duckpond.tinyfs.Change;
import java.util.List;
import java.util.OptionalLong;

/**
 * One transaction as {@code log} and {@code show} tell it.
 *
 * @param seq its number; empty when it was not committed
 * @param changes what it did, sorted by path
 */
record ToldTransaction(OptionalLong seq, ControlRow row, List<Change> changes) {
  ToldTransaction {
    changes = List.copyOf(changes);
  }

  /** Answers the number, or a dash. */
  String seqText() {
    return seq.isPresent() ? Long.toString(seq.getAsLong()) : "-";
  }
}
