package dev.duckpond.cli;

import java.util.List;
import java.util.Locale;

/** Names the forms in which rows are printed. */
enum OutputFormat {
  TABLE,
  CSV,
  TSV,
  JSON,
  NDJSON,
  MARKDOWN,
  PARQUET,
  ARROW;

  /** All names as an option lists them. */
  static final String NAMES = "table, csv, tsv, json, ndjson, markdown, parquet, arrow";

  /** Answers the word on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Answers the format of a word.
   *
   * @throws IllegalArgumentException with a suggestion, when there is no such format
   */
  static OutputFormat parse(String word) {
    for (OutputFormat format : values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    String question = Suggestion.question(word, List.of(NAMES.split(", ")));
    throw new IllegalArgumentException(
        "'" + word + "' is not one of " + NAMES + (question.isEmpty() ? "" : "; " + question));
  }
}
