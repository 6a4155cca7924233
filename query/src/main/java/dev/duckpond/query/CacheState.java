package dev.duckpond.query;

/**
 * Says how much of what a read needs is kept from reads before.
 *
 * @param what is kept: {@code converted text} for instance
 * @param parts how many pieces of it a read needs
 * @param kept how many of these are there
 */
public record CacheState(String what, long parts, long kept) {
  public CacheState {
    if (kept < 0 || kept > parts) {
      throw new IllegalArgumentException(kept + " of " + parts);
    }
  }
}
