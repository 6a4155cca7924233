package dev.duckpond.tinyfs;

/** A path that a pattern matched, what it leads to, and what the wildcards captured. */
public record PathMatch(PondPath path, Node node, Captures captures) {}
