package dev.duckpond.query;

import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.EventBounds;
import dev.duckpond.tinyfs.TxnSeq;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One piece of stored content that a relation is made of.
 *
 * @param bounds earliest and latest event time, when known
 * @param rows its rows, when known
 * @param txnSeq the transaction that wrote it
 */
public record Extent(
    ContentHash hash, Optional<EventBounds> bounds, OptionalLong rows, TxnSeq txnSeq) {}
