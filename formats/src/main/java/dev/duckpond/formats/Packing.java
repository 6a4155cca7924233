package dev.duckpond.formats;

import java.util.Locale;

/** How the bytes of a file are packed. */
public enum Packing {
  NONE,
  GZIP,
  ZSTD,
  BZIP2;

  /** Answers the word that URLs use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
