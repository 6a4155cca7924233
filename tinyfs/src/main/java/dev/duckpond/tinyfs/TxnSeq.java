package dev.duckpond.tinyfs;

/** Numbers the committed transactions of a pond from 1, without gaps; 0 stands before the first. */
public record TxnSeq(long number) implements Comparable<TxnSeq> {
  /** The state before the first transaction. */
  public static final TxnSeq NONE = new TxnSeq(0);

  public TxnSeq {
    if (number < 0) {
      throw new IllegalArgumentException("transaction numbers start at 1, not " + number);
    }
  }

  public TxnSeq next() {
    return new TxnSeq(number + 1);
  }

  @Override
  public int compareTo(TxnSeq other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
