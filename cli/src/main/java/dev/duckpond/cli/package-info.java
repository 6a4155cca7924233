/** The pond command and the distribution. */
@NullMarked
package dev.duckpond.cli;

import org.jspecify.annotations.NullMarked;
