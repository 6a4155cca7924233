package dev.duckpond.export;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.ConfigPlace;
import dev.duckpond.config.ConfigText;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.Variables;
import dev.duckpond.factories.pages.PageSpec;
import dev.duckpond.tinyfs.ContentHash;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PondException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stages of an export, each of which sees what those before it made. Read and checked as text. */
public final class Pipeline {
  /** Enough of a hash to tell the pipelines of one directory apart. */
  private static final int ID_CHARS = 32;

  private final String source;
  private final List<Stage> stages;
  private final Mistakes mistakes;
  private final String id;

  Pipeline(String source, List<Stage> stages) {
    this(source, stages, new Mistakes(source), "");
  }

  private Pipeline(String source, List<Stage> stages, Mistakes mistakes, String id) {
    this.source = source;
    this.stages = List.copyOf(stages);
    this.mistakes = mistakes;
    this.id = id;
  }

  String source() {
    return source;
  }

  /**
   * Answers the same pipeline, known by what stays the same from run to run. What runs of the same
   * identity exported by stages, collections and files that it no longer has is removed by the next
   * that succeeds.
   *
   * @param identity texts that no other pipeline has: its place, and what it was given
   */
  public Pipeline identified(List<String> identity) {
    MessageDigest digest = ContentHash.newDigest();
    for (String text : identity) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return new Pipeline(
        source, stages, mistakes, ContentHash.finish(digest).hex().substring(0, ID_CHARS));
  }

  /** Answers what stands for it in manifests, which the web may see; empty when not identified. */
  String id() {
    return id;
  }

  /** Answers what is wrong with it as text; the pipeline then cannot be run. */
  Mistakes mistakes() {
    return mistakes;
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
   * <p>Mistakes in them are told when it is prepared, together with those that show only in the
   * pond.
   *
   * @param source what messages call the text
   * @throws PondException.Invalid when the text is not YAML, with file, line and column
   */
  public static Pipeline parse(
      String source, String yaml, Variables variables, NodeFactory.TextFiles files) {
    Mistakes mistakes = new Mistakes(source);
    ConfigNode node = ConfigText.parse(source, yaml, variables, mistakes);
    SpecReader specs = new SpecReader(variables, Optional.of(files));
    List<Stage> stages =
        PipelineShape.of(specs)
            .read(node, mistakes)
            .orElseGet(() -> ReadableStages.of(node, specs.lenient(), source));
    return new Pipeline(source, stages, mistakes, "");
  }

  /**
   * Reads a template specification: the pipeline that exports the patterns of the command line and
   * then renders its pages. Mistakes are told as those of {@link #parse}.
   *
   * @throws PondException.Invalid when the text is not YAML, with file, line and column
   */
  public static Pipeline parseTemplates(
      String source, String yaml, Variables variables, NodeFactory.TextFiles files) {
    Mistakes mistakes = new Mistakes(source);
    ConfigNode node =
        PageSpec.embed(ConfigText.parse(source, yaml, variables, mistakes), files, mistakes);
    Optional<PageSpec> spec =
        PageSpec.shape().read(node, mistakes).or(() -> PageSpec.findReadable(node, source));
    Stage pages =
        spec.<Stage>map(
                read -> new Stage.Pages("", ConfigPlace.START, source, source, read, Map.of()))
            .orElseGet(() ->
                new Stage.Unread(
                    "", ConfigPlace.START, Optional.empty(), Optional.empty(), Set.of()));
    return new Pipeline(source, List.of(patterns(), pages), mistakes, "");
  }
}
