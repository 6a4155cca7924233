package dev.duckpond.formats;

/** What a conversion came to. */
public record Converted(long rows, Rejected rejected) {}
