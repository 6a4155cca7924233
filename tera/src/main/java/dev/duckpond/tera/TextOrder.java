package dev.duckpond.tera;

import java.util.Comparator;

/** Orders text by code point, which is the order of its UTF-8 bytes. */
enum TextOrder implements Comparator<String> {
  BY_CODE_POINT;

  @Override
  public int compare(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // A surrogate stands for a code point above all that are written with one unit.
        if (Character.isSurrogate(a) != Character.isSurrogate(b)) {
          return Character.isSurrogate(a) ? 1 : -1;
        }
        return Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
