package dev.duckpond.export;

import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Writes relations and data of a pond into a directory of the host, and keeps what is there up to
 * date.
 *
 * <p>Only what changed is written anew. A reader of the directory never sees part of a file, and a
 * stop at any instant leaves each file old or new; running the same export again goes on from
 * there. Files that no export wrote are left alone. One export at a time writes into a directory.
 * The same snapshot and request give the same files, byte for byte.
 */
public final class Exporter {
  private final InstantSource clock;
  private final FileOperations files;

  public Exporter(InstantSource clock) {
    this(clock, new DurableFileOperations());
  }

  Exporter(InstantSource clock, FileOperations files) {
    this.clock = clock;
    this.files = files;
  }

  /**
   * Answers the directory that the session of an export must be allowed to write to and read from
   * (see {@code QueryOptions.pondDirectory}): pages ask what was exported before them. It need not
   * exist.
   */
  public static Path sessionDirectory(Path directory) {
    return ExportDirectory.of(directory).root();
  }

  /**
   * Refuses to export into a pond, whose own files that could harm; links are followed.
   *
   * @throws PondException.Usage when the directory is that of the pond, or lies in it
   */
  public static void requireOutside(Path directory, Path pond) {
    if (ExportDirectory.of(directory).root().startsWith(ExportDirectory.of(pond).root())) {
      throw new PondException.Usage(
          "'" + directory + "' is no place for an export",
          "it lies in the pond '" + pond + "', whose own files are there",
          "Choose a directory outside of the pond.");
    }
  }

  /**
   * Runs a request to its end. A target that fails does not stop the others, unless the request
   * says so; the report tells of it. A full disk, a cancelled session, and a target that fails
   * where that is to end the run stop it: the targets before are published, and the report tells
   * why.
   *
   * @param session over the same snapshot as {@code tree}; used by this thread until the end
   * @throws PondException.NotFound when a pattern matches nothing; nothing was written then, nor in
   *     the cases that follow
   * @throws PondException.Invalid when the request does not fit a target, or two targets claim one
   *     place
   * @throws PondException.Conflict when somebody else's file is in the way
   * @throws PondException.Locked when another export writes into the directory
   * @throws PondException.NoSpace when there is no room for the export to begin with
   */
  public ExportReport run(
      ExportRequest request, PondTree tree, QuerySession session, ExportListener listener) {
    return prepare(Pipeline.ofPatterns(), request, Map.of(), tree, session, listener).run();
  }

  /**
   * Checks a pipeline against a pond: patterns, queries, pages and their places. Nothing is written
   * to the directory.
   *
   * @param base what holds for stages that say nothing else
   * @param variables what templates see under their names
   * @param session over the same snapshot as {@code tree}; used by this thread until the end
   * @throws PondException.Invalid naming all mistakes at once
   * @throws PondException.Conflict when something is in the way of a stage
   */
  public PipelineRun prepare(
      Pipeline pipeline,
      ExportRequest base,
      Map<String, String> variables,
      PondTree tree,
      QuerySession session,
      ExportListener listener) {
    StageQueries queries = new StageQueries(session);
    List<StagePlan> plans = new PipelineCheck(pipeline, base, tree, session, queries).plan();
    PipelineRun run =
        new PipelineRun(
            pipeline.id(), plans, base, variables, tree, session, queries, listener, files, clock);
    run.requireFree();
    return run;
  }
}
