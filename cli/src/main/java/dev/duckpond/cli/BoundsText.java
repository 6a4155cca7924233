package dev.duckpond.cli;

import dev.duckpond.query.TemporalBounds;

/** Words for the times of a node that readers see. */
final class BoundsText {
  private BoundsText() {}

  static String of(TemporalBounds bounds) {
    if (bounds.min().isPresent() && bounds.max().isPresent()) {
      return MicrosText.of(bounds.min().get()) + " .. " + MicrosText.of(bounds.max().get());
    }
    return bounds
        .min()
        .map(micros -> "from " + MicrosText.of(micros) + " on")
        .or(() -> bounds.max().map(micros -> "up to " + MicrosText.of(micros)))
        .orElse("all times");
  }
}
