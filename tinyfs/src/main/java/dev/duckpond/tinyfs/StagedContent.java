package dev.duckpond.tinyfs;

/** Content that a transaction has taken in and a commit may name. */
public record StagedContent(ContentHash hash, long sizeBytes, Placement placement) {
  /** Content of no bytes, of nodes that are all attributes. */
  public static final StagedContent EMPTY =
      new StagedContent(
          // Written out: starting the security providers costs a quick command milliseconds.
          new ContentHash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
          0,
          Placement.INLINE);

  public StagedContent {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("a size is not negative: " + sizeBytes);
    }
  }
}
