package dev.duckpond.tinyfs;

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
      throw new PondException.Usage(
          "the name '" + printable(text) + "' is not usable",
          why,
          "Choose a name of 1 to " + MAX_BYTES + " bytes of UTF-8.");
    }
  }

  /** Tells whether the name is hidden from listings: it starts with a dot. */
  public boolean isHidden() {
    return text.startsWith(".");
  }

  @Override
  public int compareTo(EntryName other) {
    int common = Math.min(text.length(), other.text.length());
    for (int i = 0; i < common; i++) {
      char a = text.charAt(i);
      char b = other.text.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(text.length(), other.text.length());
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
    int bytes = utf8Length(text);
    if (bytes < 0) {
      return "it is not valid Unicode";
    }
    if (bytes > MAX_BYTES) {
      return "it is longer than " + MAX_BYTES + " bytes of UTF-8";
    }
    return "";
  }

  /**
   * Orders code units as the code points they belong to: surrogates stand for those above the rest.
   * The order of code points is the order of their UTF-8 bytes.
   */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
  }

  /** Counts bytes of UTF-8, or answers -1 for half a surrogate pair. */
  private static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        bytes++;
      } else if (unit < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(unit)) {
        bytes += 3;
      } else if (i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        return -1;
      }
    }
    return bytes;
  }

  private static String printable(String text) {
    String clean = text.replace("\0", "\\0");
    return clean.length() <= 80 ? clean : clean.substring(0, 77) + "...";
  }
}
