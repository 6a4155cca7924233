package dev.duckpond.tinyfs;

import java.time.Instant;

/**
 * One version of a node's content. Never changed once committed.
 *
 * @param origin the pond that wrote it
 * @param coversFrom the first version whose rows this one holds; {@code version} itself unless
 *     compaction put a run of versions into one
 */
public record NodeVersion(
    PondId origin,
    NodeId node,
    EntryType type,
    Version version,
    Version coversFrom,
    TxnSeq txnSeq,
    Instant createdAt,
    StagedContent content,
    ContentFacts facts) {
  public NodeVersion {
    if (coversFrom.compareTo(version) > 0) {
      throw new IllegalArgumentException("version " + version + " covers from " + coversFrom);
    }
  }

  /** Answers the size of the content. */
  public long sizeBytes() {
    return content.sizeBytes();
  }

  public ContentHash hash() {
    return content.hash();
  }
}
