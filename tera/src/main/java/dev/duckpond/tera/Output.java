package dev.duckpond.tera;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes what a template prints, up to a limit. */
final class Output {
  private final Appendable target;
  private final long limitBytes;
  private long bytes;

  Output(Appendable target, long limitBytes) {
    this.target = target;
    this.limitBytes = limitBytes;
  }

  /** Collects text in memory, up to the limit of a string. */
  static Output collecting(StringBuilder target, Limits limits) {
    return new Output(target, limits.textChars());
  }

  void write(String text, Span at) {
    bytes += utf8Length(text);
    if (bytes > limitBytes) {
      throw at.fault(
          "the text printed is longer than " + limitBytes + " bytes", "Make several pages of it.");
    }
    try {
      target.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long bytes() {
    return bytes;
  }

  private static long utf8Length(String text) {
    long length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // A pair of surrogates is four bytes, which is two for each.
        length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return length;
  }
}
