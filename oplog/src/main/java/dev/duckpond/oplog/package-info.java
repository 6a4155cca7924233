/** The durable backend: the operation log as a Delta table, and blobs. */
@NullMarked
package dev.duckpond.oplog;

import org.jspecify.annotations.NullMarked;
