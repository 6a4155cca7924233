package dev.duckpond.export;

import java.util.List;
import java.util.Set;

/**
 * A stage and what it exports, known before anything runs.
 *
 * @param patterns whose targets they are, also those without any
 */
record StagePlan(
    Stage stage, ExportRequest request, List<ExportTarget> targets, Set<String> patterns) {
  StagePlan {
    targets = List.copyOf(targets);
    patterns = Set.copyOf(patterns);
  }
}
