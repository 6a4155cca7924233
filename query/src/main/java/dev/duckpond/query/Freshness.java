package dev.duckpond.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How new the data is that a node has brought in.
 *
 * @param staleAfter how old the newest of a source may be
 */
public record Freshness(List<Source> sources, Duration staleAfter) {
  public Freshness {
    sources = List.copyOf(sources);
  }

  /** An instrument, a directory, a file; {@code newest} is empty when nothing came of it yet. */
  public record Source(String name, Optional<Instant> newest) {}
}
