package dev.duckpond.oplog;

/**
 * Tells what reading the log has cost since a store was opened.
 *
 * @param deltaVersions versions of the operation log that were taken in from the log itself
 * @param cacheHits how often the index journal, or a content in the cache, spared reading the log
 */
public record ReadCost(long deltaVersions, long cacheHits) {}
