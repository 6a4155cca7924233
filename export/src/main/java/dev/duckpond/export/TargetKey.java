package dev.duckpond.export;

import dev.duckpond.tinyfs.PondPath;

/** Identifies a target over several exports into one directory. */
record TargetKey(String pond, String pattern, PondPath path) {}
