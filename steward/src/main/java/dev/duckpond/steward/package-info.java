/**
 * Transactions over a durable pond: one writer at a time, numbered, audited, recovered after a
 * crash.
 */
@NullMarked
package dev.duckpond.steward;

import org.jspecify.annotations.NullMarked;
