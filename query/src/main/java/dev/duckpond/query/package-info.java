/** Relations: how a path becomes SQL, and results become text. */
@NullMarked
package dev.duckpond.query;

import org.jspecify.annotations.NullMarked;
