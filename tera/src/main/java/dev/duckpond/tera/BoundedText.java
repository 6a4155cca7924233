package dev.duckpond.tera;

/** Builds a string and stops at the limit, before the memory is taken. */
final class BoundedText {
  private final StringBuilder text = new StringBuilder();
  private final Budget budget;
  private long paid;

  BoundedText(Budget budget) {
    this.budget = budget;
  }

  BoundedText append(String piece) {
    return append(piece, 0, piece.length());
  }

  BoundedText append(char c) {
    pay(1);
    text.append(c);
    return this;
  }

  BoundedText append(String piece, int start, int end) {
    pay(end - start);
    text.append(piece, start, end);
    return this;
  }

  private void pay(int chars) {
    long length = (long) text.length() + chars;
    // Paid by doubling, so that long strings cost about what is made and short ones nothing here.
    if (length > paid) {
      paid = 2 * length;
      budget.madeText(length);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
