package dev.duckpond.collect;

import java.util.List;
import java.util.Optional;

/**
 * The rows of a file as a series takes them.
 *
 * @param all one for each instant; of several those that are certain count
 * @param doubts what may be of two instants, or was of none
 * @param certain the rows without what is in doubt; empty when there are none, or no doubt is
 */
record ShapedRows(NewRows all, List<DoubtfulTimes> doubts, Optional<NewRows> certain) {
  ShapedRows {
    doubts = List.copyOf(doubts);
  }
}
