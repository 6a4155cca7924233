/** The virtual file system: paths, patterns, nodes, versions, the persistence SPI. */
@NullMarked
package dev.duckpond.tinyfs;

import org.jspecify.annotations.NullMarked;
