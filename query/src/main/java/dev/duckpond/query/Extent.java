package dev.duckpond.query;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.PondPath;
import dev.duckpond.tinyfs.TxnSeq;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One piece of stored content that a relation is made of.
 *
 * @param origin where it lies
 * @param runs spans of time that hold all its times, in order and apart from each other; empty when
 *     it has no times, and when nobody looked into it, which is when {@code rows} is empty too
 * @param rows its rows, when known
 * @param txnSeq the transaction that wrote it
 */
public record Extent(
    PondPath origin, ContentHash hash, List<EventBounds> runs, OptionalLong rows, TxnSeq txnSeq) {
  public Extent {
    runs = List.copyOf(runs);
  }

  /** Answers the same content as something that nobody looked into for its times. */
  Extent undated() {
    return new Extent(origin, hash, List.of(), OptionalLong.empty(), txnSeq);
  }

  /** Answers the earliest and the latest event time, when known. */
  public Optional<EventBounds> bounds() {
    return runs.stream().reduce(EventBounds::union);
  }
}
