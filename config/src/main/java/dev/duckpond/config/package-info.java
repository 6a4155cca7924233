/** Configurations in YAML, read into typed values with an eye on where each mistake stands. */
@NullMarked
package dev.duckpond.config;

import org.jspecify.annotations.NullMarked;
