package dev.duckpond.export;

import java.util.List;
import java.util.Set;

/**
 * A stage and what it exports, known before anything runs.
 *
 * @param origin who says what is exported
 * @param patterns whose targets they are, also those without any
 */
record StagePlan(
    Stage stage,
    Origin origin,
    ExportRequest request,
    List<ExportTarget> targets,
    Set<String> patterns) {
  /** Who says what a stage exports. */
  enum Origin {
    PIPELINE,
    COMMAND_LINE
  }

  StagePlan {
    targets = List.copyOf(targets);
    patterns = Set.copyOf(patterns);
  }
}
