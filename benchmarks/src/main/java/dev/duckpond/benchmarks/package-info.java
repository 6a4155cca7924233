/** Whole-process comparisons. */
@NullMarked
package dev.duckpond.benchmarks;

import org.jspecify.annotations.NullMarked;
