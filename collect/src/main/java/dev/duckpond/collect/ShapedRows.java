package dev.duckpond.collect;

import java.util.Optional;

/**
 * The rows of a file as a series takes them.
 *
 * @param all one for each instant; where a time may be of two instants those that are certain count
 * @param doubt what may be of two instants; empty when nothing is
 * @param certain the rows without what is in doubt; empty when there are none, or no doubt is
 */
record ShapedRows(NewRows all, Optional<DoubtfulTimes> doubt, Optional<NewRows> certain) {}
