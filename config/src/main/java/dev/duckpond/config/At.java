package dev.duckpond.config;

/**
 * A value and where it stands, for mistakes that show only when it is used.
 *
 * @param <T> the value
 */
public record At<T>(ConfigPlace place, T value) {}
