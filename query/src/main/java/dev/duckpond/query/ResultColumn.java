package dev.duckpond.query;

/** A column of a result; names need not be unique. */
record ResultColumn(String name, String type, CellKind kind) {}
