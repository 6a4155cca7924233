/**
 * Computed rows that are kept by what they were computed of, and computed again only where that
 * changed; {@code docs/format/rollups.md} has the files.
 */
@NullMarked
package dev.duckpond.rollups;

import org.jspecify.annotations.NullMarked;
