package dev.duckpond.collect;

/** A column of a series and the unit of its values; the unit may be empty. */
record MeasuredColumn(String name, String unit) {}
