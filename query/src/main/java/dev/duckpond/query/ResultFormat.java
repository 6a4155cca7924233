package dev.duckpond.query;

import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats in which rows leave; each is described in {@code docs/format/result-formats.md}. */
public enum ResultFormat {
  TABLE,
  CSV,
  TSV,
  JSON,
  NDJSON,
  MARKDOWN,
  PARQUET,
  ARROW;

  /** Answers the word of the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds a format by its word. */
  public static Optional<ResultFormat> find(String word) {
    return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
  }

  /**
   * Answers a format by its word.
   *
   * @throws PondException.Usage listing the known words
   */
  public static ResultFormat require(String word) {
    List<String> known = Arrays.stream(values()).map(ResultFormat::word).toList();
    return find(word)
        .orElseThrow(() ->
            new PondException.Usage(
                "'" + word + "' is not a format",
                "",
                DidYouMean.sentence(word, known, "Use one of " + String.join(", ", known) + ".")));
  }

  /** Tells whether the output is text, fit for a terminal. */
  public boolean isText() {
    return this != PARQUET && this != ARROW;
  }
}
