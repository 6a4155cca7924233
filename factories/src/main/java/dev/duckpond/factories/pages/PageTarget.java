package dev.duckpond.factories.pages;

import dev.duckpond.tinyfs.Node;
import dev.duckpond.tinyfs.PondPath;

/** Something in the pond that a page is about. */
public record PageTarget(PondPath path, Node node) {}
