package dev.duckpond.tinyfs;

/** Content that a transaction has taken in and a commit may name. */
public record StagedContent(ContentHash hash, long sizeBytes, Placement placement) {
  /** Content of no bytes, of nodes that are all attributes. */
  public static final StagedContent EMPTY =
      new StagedContent(ContentHash.of(new byte[0]), 0, Placement.INLINE);

  public StagedContent {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("a size is not negative: " + sizeBytes);
    }
  }
}
