package dev.duckpond.export;

import dev.duckpond.query.Relation;
import dev.duckpond.tinyfs.Captures;
import dev.duckpond.tinyfs.Node;
import java.util.List;
import java.util.Optional;

/**
 * One file of the pond that is exported, or one that the export makes, and where to.
 *
 * @param place names below the directory of the export: of the directory that holds the files of a
 *     relation, or of the one file of anything else
 */
record ExportTarget(TargetKey key, Source source, Captures captures, List<String> place) {
  ExportTarget {
    place = List.copyOf(place);
  }

  /** Finds the relation; empty for what is one file. */
  Optional<Relation> relation() {
    return source instanceof Source.Rows rows ? Optional.of(rows.relation()) : Optional.empty();
  }

  /** Finds the node of the pond whose content it is, with links followed. */
  Optional<Node> node() {
    return switch (source) {
      case Source.Rows rows -> Optional.of(rows.node());
      case Source.Bytes bytes -> Optional.of(bytes.node());
      case Source.Rendered _, Source.Made _ -> Optional.empty();
    };
  }

  /** Tells whether its one file is made by the export, of what was exported before. */
  boolean isMade() {
    return node().isEmpty();
  }

  /** Answers the place as text, with {@code /} between names. */
  String placeText() {
    return ExportDirectory.path(place);
  }

  /** Answers what messages call it: a path of the pond, or where the export makes it. */
  String label() {
    return isMade() ? placeText() : key.path().toString();
  }
}
