package dev.duckpond.tinyfs;

/** A node and its real path: no name of it but the last is a symbolic link. */
record Located(PondPath path, Node node) {}
