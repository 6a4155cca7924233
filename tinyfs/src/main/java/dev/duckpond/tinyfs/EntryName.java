package dev.duckpond.tinyfs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names one entry of a directory: 1 to 255 bytes of UTF-8, without {@code /} and NUL, and neither
 * {@code .} nor {@code ..}. Ordered by unsigned UTF-8 bytes, which is the order of every listing.
 */
public record EntryName(String text) implements Comparable<EntryName> {
  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 255;

  public EntryName {
    String why = mistakeIn(text);
    if (!why.isEmpty()) {
      throw new PondException.Usage("the name '" + printable(text) + "' is not usable", why, "");
    }
  }

  /** Tells whether the name is hidden from listings: it starts with a dot. */
  public boolean isHidden() {
    return text.startsWith(".");
  }

  @Override
  public int compareTo(EntryName other) {
    return Arrays.compareUnsigned(
        text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return text;
  }

  private static String mistakeIn(String text) {
    if (text.isEmpty()) {
      return "a name has at least one character";
    }
    if (text.equals(".") || text.equals("..")) {
      return "'.' and '..' are directions, not names";
    }
    if (text.indexOf('/') >= 0 || text.indexOf('\0') >= 0) {
      return "a name holds neither '/' nor NUL";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return "it is not valid Unicode";
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "it is longer than " + MAX_BYTES + " bytes of UTF-8";
    }
    return "";
  }

  private static String printable(String text) {
    String clean = text.replace("\0", "\\0");
    return clean.length() <= 80 ? clean : clean.substring(0, 77) + "...";
  }
}
