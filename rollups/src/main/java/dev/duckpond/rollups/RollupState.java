package dev.duckpond.rollups;

/**
 * How much of some rows is kept.
 *
 * @param tiles the pieces of time that may have rows
 * @param keptTiles those that need not be computed
 * @param rows the kept rows
 * @param sizeBytes the files that hold them
 */
public record RollupState(long tiles, long keptTiles, long rows, long sizeBytes) {}
