package dev.duckpond.export;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.ConfigText;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.Variables;
import dev.duckpond.factories.pages.PageSpec;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stages of an export, each of which sees what those before it made. Read and checked as text. */
public final class Pipeline {
  private final String source;
  private final List<Stage> stages;

  Pipeline(String source, List<Stage> stages) {
    this.source = source;
    this.stages = List.copyOf(stages);
  }

  String source() {
    return source;
  }

  List<Stage> stages() {
    return stages;
  }

  /** Answers the pipeline of an export that names none: its patterns alone. */
  public static Pipeline ofPatterns() {
    return new Pipeline("", List.of(patterns()));
  }

  private static Stage patterns() {
    return new Stage.Data(
        "",
        ConfigPlace.START,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Reads a pipeline and the specifications and templates that it names.
   *
   * @param source what messages call the text
   * @throws PondException.Invalid naming all mistakes at once, with file, line and column
   */
  public static Pipeline parse(
      String source, String yaml, Variables variables, NodeFactory.TextFiles files) {
    ConfigNode node = ConfigText.parse(source, yaml, variables);
    Mistakes mistakes = new Mistakes(source);
    Optional<List<Stage>> stages =
        PipelineShape.of(new SpecReader(variables, Optional.of(files))).read(node, mistakes);
    mistakes.requireNone();
    return new Pipeline(source, stages.orElseThrow());
  }

  /**
   * Reads a template specification: the pipeline that exports the patterns of the command line and
   * then renders its pages.
   *
   * @throws PondException.Invalid naming all mistakes at once, with file, line and column
   */
  public static Pipeline parseTemplates(
      String source, String yaml, Variables variables, NodeFactory.TextFiles files) {
    Mistakes mistakes = new Mistakes(source);
    ConfigNode node = PageSpec.embed(ConfigText.parse(source, yaml, variables), files, mistakes);
    Optional<PageSpec> spec = PageSpec.shape().read(node, mistakes);
    mistakes.requireNone();
    Stage pages = new Stage.Pages("", ConfigPlace.START, source, spec.orElseThrow(), Map.of());
    return new Pipeline(source, List.of(patterns(), pages));
  }
}
