/**
 * Bringing data in: services, inboxes and log files, each a node that is run. Data and the place to
 * go on from are in one transaction, so that a run that was killed goes on without gap or
 * duplicate.
 */
@NullMarked
package dev.duckpond.collect;

import org.jspecify.annotations.NullMarked;
