package dev.duckpond.collect;

import dev.duckpond.query.CsvQuotes;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Follows the units of a CSV file and tells where its lines end. A line end within quotes ends
 * none; what is skipped, and comments, have no quotes.
 */
final class LineScan {
  /** What UTF-8 and UTF-16 may begin with. */
  private static final Set<Integer> MARK = Set.of(0xEF, 0xBB, 0xBF, 0xFEFF);

  private static final int MARK_BYTES = 3;

  private final CsvQuotes quotes;
  private final int widthBytes;
  private final long skipped;
  private final int comment;
  private long positionBytes;
  private long endBytes;
  private long ended;
  private long line = 1;
  private long quoteLine;
  private int previous = CsvUnits.NONE;
  private boolean isComment;
  private boolean isBegun;

  LineScan(CsvQuotes quotes, int widthBytes, Map<String, String> options) {
    this.quotes = quotes;
    this.widthBytes = widthBytes;
    this.skipped = Long.parseLong(options.getOrDefault("skip", "0"));
    String text = options.getOrDefault("comment", "");
    this.comment = text.isEmpty() ? CsvUnits.NONE : text.charAt(0);
  }

  /** Goes on behind a unit. */
  void pass(int unit) {
    positionBytes += widthBytes;
    if (CsvQuotes.isLineEnd(unit)) {
      passEnd(unit);
    } else if (line > skipped && !isMark(unit)) {
      passCharacter(unit);
    }
    previous = unit;
  }

  private boolean isMark(int unit) {
    return positionBytes <= MARK_BYTES && MARK.contains(unit);
  }

  private void passEnd(int unit) {
    quotes.pass(unit);
    if (unit != '\n' || previous != '\r') {
      line++;
    }
    if (quotes.isWithin()) {
      return;
    }
    ended += isBegun ? 1 : 0;
    endBytes = positionBytes;
    isBegun = false;
    isComment = false;
  }

  private void passCharacter(int unit) {
    isComment |= unit == comment && !isBegun;
    if (isComment) {
      return;
    }
    isBegun = true;
    boolean wasWithin = quotes.isWithin();
    quotes.pass(unit);
    // Where a quote comes behind another one, the value has begun before.
    if (!wasWithin && quotes.isWithin() && unit != previous) {
      quoteLine = line;
    }
  }

  /** Answers how many bytes the lines are that have an end. */
  long endBytes() {
    return endBytes;
  }

  /** Answers how many lines have an end, but for empty ones, comments and what is skipped. */
  long ended() {
    return ended;
  }

  /** Tells whether there is part of a line behind those that have an end. */
  boolean isBegun() {
    return isBegun;
  }

  /** Finds the line, from 1, in which a quoted value begins that reaches over its end. */
  OptionalLong openLine() {
    return quotes.isWithin() && line > quoteLine
        ? OptionalLong.of(quoteLine)
        : OptionalLong.empty();
  }
}
