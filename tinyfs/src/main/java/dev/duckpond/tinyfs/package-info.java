/**
 * The virtual file system: paths, patterns, nodes, versions, and what a backend must promise.
 *
 * <p>This room knows no SQL, no disk layout and no command line. A backend implements {@link
 * dev.duckpond.tinyfs.PondStore}; {@link dev.duckpond.tinyfs.PondTree} reads paths over one of its
 * snapshots, {@link dev.duckpond.tinyfs.TreeEdit} collects the changes of one transaction.
 */
@NullMarked
package dev.duckpond.tinyfs;

import org.jspecify.annotations.NullMarked;
