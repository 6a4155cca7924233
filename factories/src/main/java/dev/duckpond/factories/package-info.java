/** Nodes that compute themselves: each kind compiles to SQL over other paths. */
@NullMarked
package dev.duckpond.factories;

import org.jspecify.annotations.NullMarked;
