/**
 * Contracts that every backend passes, fixtures, fake clock, a file system that fails when told.
 */
@NullMarked
package dev.duckpond.testkit;

import org.jspecify.annotations.NullMarked;
