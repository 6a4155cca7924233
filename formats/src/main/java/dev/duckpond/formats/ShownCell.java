package dev.duckpond.formats;

/** Makes values of files short enough for a message. */
public final class ShownCell {
  /** How much of a value is shown. */
  public static final int MAX_CHARS = 80;

  private ShownCell() {}

  /** Answers a value, or its beginning with an ellipsis behind it. */
  public static String of(String value) {
    if (value.length() <= MAX_CHARS) {
      return value;
    }
    boolean splitsPair = Character.isHighSurrogate(value.charAt(MAX_CHARS - 1));
    return value.substring(0, splitsPair ? MAX_CHARS - 1 : MAX_CHARS) + "…";
  }
}
