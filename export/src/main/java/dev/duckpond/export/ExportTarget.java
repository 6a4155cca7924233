package dev.duckpond.export;

import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.Node;
import java.util.List;
import java.util.Optional;

/**
 * One file of the pond that is exported, and where to.
 *
 * @param node with links followed
 * @param place names below the directory of the export: of the directory that holds the files of a
 *     relation, or of the one file of data
 * @param relation empty for data
 */
record ExportTarget(
    TargetKey key, Node node, Captures captures, List<String> place, Optional<Relation> relation) {
  ExportTarget {
    place = List.copyOf(place);
  }

  /** Answers the place as text, with {@code /} between names. */
  String placeText() {
    return ExportDirectory.path(place);
  }

  String label() {
    return key.path().toString();
  }
}
