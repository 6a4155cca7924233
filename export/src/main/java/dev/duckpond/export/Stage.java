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
   * @param label what messages and the manifest call the specification
   */
  record Pages(
      String name, ConfigPlace place, String label, PageSpec spec, Map<String, String> variables)
      implements Stage {}

  /**
   * A stage that could not be read; what later stages need of it is not known.
   *
   * @param table the table that it would make
   * @param mayExport whether it may be one that exports what pages are about
   */
  record Unread(String name, ConfigPlace place, Optional<String> table, boolean mayExport)
      implements Stage {}
}
