package dev.duckpond.collect;

import java.util.Optional;

/**
 * A column of a series.
 *
 * @param unit of its values, empty text when they have none; absent when nobody knows its name
 */
record MeasuredColumn(String name, Optional<String> unit) {}
