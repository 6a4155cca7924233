package dev.duckpond.cli;

import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondPath;
import java.util.Optional;

/**
 * The times of one version of a node that readers see.
 *
 * @param version empty for a computed node, which has none
 */
record TimeSpan(PondPath path, Optional<Long> version, EventBounds bounds) {}
