package dev.duckpond.collect;

/**
 * A place of the account, which is one instrument.
 *
 * @param latitude in degrees, NaN when it is not known; so is the longitude
 */
record Location(long id, String name, String description, double latitude, double longitude) {}
