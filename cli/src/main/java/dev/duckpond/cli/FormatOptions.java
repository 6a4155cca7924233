package dev.duckpond.cli;

import dev.duckpond.query.ResultFormat;
import dev.duckpond.tinyfs.DidYouMean;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that print rows; read through {@link Settings}. Use as a mixin. */
final class FormatOptions {
  /** All formats, as an option lists them. */
  static final String NAMES = "table, csv, tsv, json, ndjson, markdown, parquet, arrow";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      completionCandidates = Choices.Format.class,
      description = "how to print rows: " + NAMES)
  @Nullable String format;

  /**
   * Answers the format of a word.
   *
   * @throws IllegalArgumentException with a suggestion, when there is no such format
   */
  static ResultFormat parse(String word) {
    return ResultFormat.find(word)
        .orElseThrow(() -> {
          String question = DidYouMean.question(word, List.of(NAMES.split(", ")));
          return new IllegalArgumentException(
              "'"
                  + word
                  + "' is not one of "
                  + NAMES
                  + (question.isEmpty() ? "" : "; " + question));
        });
  }
}
