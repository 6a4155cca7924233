package dev.duckpond.export;

import dev.duckpond.tinyfs.PondPath;

/** Identifies a target over several exports into one directory. */
record TargetKey(String pond, String pattern, PondPath path) {
  /** Tells whether a stage makes it, so that its pattern is none of paths. */
  boolean isMade() {
    return pattern.startsWith(StageTargets.QUERY) || pattern.startsWith(StageTargets.TEMPLATE);
  }
}
