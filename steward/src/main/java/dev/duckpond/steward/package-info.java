/** Transactions: write lock, audit log, recovery. */
@NullMarked
package dev.duckpond.steward;

import org.jspecify.annotations.NullMarked;
