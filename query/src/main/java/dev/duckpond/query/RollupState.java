package dev.duckpond.query;

/**
 * How much of computed rows is kept between reads.
 *
 * @param tiles the pieces of time that may have rows
 * @param keptTiles those that the next read need not compute
 * @param rows the kept rows
 * @param sizeBytes the files that hold them
 */
public record RollupState(long tiles, long keptTiles, long rows, long sizeBytes) {}
