package dev.duckpond.export;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.Shape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what can be read of the stages of a pipeline with mistakes, which were told already: so
 * that what shows only in the pond is told together with them.
 */
final class ReadableStages {
  private ReadableStages() {}

  /**
   * Lists what can be read; what cannot stands there as {@link Stage.Unread}.
   *
   * @param source what messages call the pipeline
   */
  static List<Stage> of(ConfigNode pipeline, SpecReader specs, String source) {
    if (!(pipeline instanceof ConfigNode.Mapping mapping)
        || !(mapping.find(PipelineShape.STAGES).orElse(null)
            instanceof ConfigNode.Sequence stages)) {
      return List.of();
    }
    Shape<Stage> shape = PipelineShape.stage(specs);
    List<Stage> all = new ArrayList<>();
    for (ConfigNode stage : stages.elements()) {
      all.add(
          shape
              .read(stage, new Mistakes(source))
              .orElseGet(() -> unread(stage, shape.read(stage, Mistakes.ignored(source)))));
    }
    return all;
  }

  /** Without patterns it might be a key that is not known that has them. */
  private static boolean isMeant(Stage stage) {
    return !(stage instanceof Stage.Data data)
        || data.patterns().filter(patterns -> !patterns.isEmpty()).isPresent();
  }

  private static Stage unread(ConfigNode stage, Optional<Stage> read) {
    String type = word(stage, PipelineShape.TYPE).orElse("");
    boolean isQuery = type.equals(PipelineShape.QUERY_TYPE) || has(stage, PipelineShape.SQL.key());
    boolean isPages =
        type.equals(PipelineShape.PAGES_TYPE) || has(stage, PipelineShape.TEMPLATE_SPEC);
    Optional<String> table = word(stage, PipelineShape.OUTPUT_TABLE.key());
    Set<Stage.Unread.Loss> losses = EnumSet.noneOf(Stage.Unread.Loss.class);
    if (!isQuery && !isPages) {
      losses.add(Stage.Unread.Loss.EXPORTS);
    }
    if (isQuery && table.isEmpty()) {
      losses.add(Stage.Unread.Loss.TABLES);
    }
    return new Stage.Unread(
        word(stage, PipelineShape.NAME.key()).orElse(""),
        stage.place(),
        read.filter(ReadableStages::isMeant),
        table,
        losses);
  }

  private static boolean has(ConfigNode stage, String key) {
    return stage instanceof ConfigNode.Mapping keys && keys.find(key).isPresent();
  }

  private static Optional<String> word(ConfigNode stage, String key) {
    return stage instanceof ConfigNode.Mapping keys
            && keys.find(key).orElse(null) instanceof ConfigNode.Scalar scalar
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
