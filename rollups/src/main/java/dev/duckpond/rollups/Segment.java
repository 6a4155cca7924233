package dev.duckpond.rollups;

/**
 * One file of kept rows, sorted by time.
 *
 * @param file its name, which holds the checksum of its bytes
 */
record Segment(String file, long rows, long sizeBytes) {}
