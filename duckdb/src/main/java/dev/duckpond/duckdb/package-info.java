/** The embedded SQL engine, locked down. */
@NullMarked
package dev.duckpond.duckdb;

import org.jspecify.annotations.NullMarked;
