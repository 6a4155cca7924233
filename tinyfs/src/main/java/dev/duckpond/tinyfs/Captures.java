package dev.duckpond.tinyfs;

import java.util.List;

/** The texts that a pattern's wildcards matched, numbered from 0 in the order of the pattern. */
public record Captures(List<String> texts) {
  public static final Captures NONE = new Captures(List.of());

  public Captures {
    texts = List.copyOf(texts);
  }
}
