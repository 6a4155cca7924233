/**
 * Services of others, played on this machine, so that collectors can be tried and tested without an
 * account: they serve files as if they were the service, and go wrong when they are told to.
 */
@NullMarked
package dev.duckpond.simulate;

import org.jspecify.annotations.NullMarked;
