/** Nodes that compute themselves; so far the series that are made of nothing but numbers. */
@NullMarked
package dev.duckpond.factories;

import org.jspecify.annotations.NullMarked;
