package dev.duckpond.export;

import dev.duckpond.config.At;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.factories.pages.PageSpec;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One stage of a pipeline.
 *
 * <pre>
 * Stage
 *   Data     rows and bytes of the pond
 *   Query    an answer, as table or file
 *   Pages    rendered templates
 *   Unread   one with mistakes, which keeps the pipeline from running
 * </pre>
 */
sealed interface Stage {
  /** Answers what messages call it; empty for a stage of an export without a pipeline. */
  String name();

  /** Answers where it stands. */
  ConfigPlace place();

  /** Exports what patterns match; what is not said holds as the command line has it. */
  record Data(
      String name,
      ConfigPlace place,
      Optional<List<At<PathPattern>>> patterns,
      Optional<List<TemporalLevel>> temporal,
      Optional<List<String>> partitionBy,
      Optional<TimeRange> range,
      Optional<NullTimePolicy> nullTime)
      implements Stage {
    /** Answers the whole request. */
    ExportRequest request(ExportRequest base) {
      ExportRequest.Builder request =
          base.forPatterns(
              patterns
                  .map(written -> written.stream().map(At::value).toList())
                  .orElse(base.patterns()));
      temporal.ifPresent(request::temporal);
      partitionBy.ifPresent(request::partitionBy);
      range.ifPresent(request::range);
      nullTime.ifPresent(request::nullTime);
      return request.build();
    }
  }

  /** Asks the tables of the stages before, and hands the answer on as a table, a file or both. */
  record Query(
      String name,
      ConfigPlace place,
      At<String> sql,
      Optional<At<String>> table,
      Optional<At<OutputFile>> file)
      implements Stage {}

  /** A file for rows. */
  record OutputFile(String path, ResultFormat format) {}

  /**
   * Renders pages about what the stages before exported.
   *
   * @param label what the manifest calls the specification
   * @param source what messages call the text in which the specification stands
   */
  record Pages(
      String name,
      ConfigPlace place,
      String label,
      String source,
      PageSpec spec,
      Map<String, String> variables)
      implements Stage {}

  /**
   * A stage with mistakes.
   *
   * @param read what could be read of it, as a stage whose values may be others than were meant
   * @param table the table that it would make
   * @param losses what else later stages may miss
   */
  record Unread(
      String name,
      ConfigPlace place,
      Optional<Stage> read,
      Optional<String> table,
      Set<Loss> losses)
      implements Stage {
    /** What later stages may miss. */
    enum Loss {
      /** Exports, which pages are about. */
      EXPORTS,
      /** A table of a name that is not known. */
      TABLES
    }

    public Unread {
      losses = Set.copyOf(losses);
    }
  }
}
