/** Contracts that every backend passes, fixtures, fake clock. */
@NullMarked
package dev.duckpond.testkit;

import org.jspecify.annotations.NullMarked;
