package dev.duckpond.export;

import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.Field;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.config.Variables;
import dev.duckpond.factories.Kind;
import dev.duckpond.factories.NodeSite;
import dev.duckpond.query.ExecutableNode;
import dev.duckpond.query.Execution;
import dev.duckpond.query.QueryErrors;
import dev.duckpond.query.QuerySession;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.NodeFactory;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.PondTree;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pipeline in the pond, which {@code pond run} runs. */
final class ExportKind implements Kind<ExportKind.Config> {
  static final String NAME = "export";

  /** Where to, and what. */
  record Config(Path directory, List<Stage> stages) {
    Config {
      stages = List.copyOf(stages);
    }
  }

  private static final Variables WRITTEN = Variables.unreplaced();
  private static final Field<Path> DIR =
      Field.required(
          "dir",
          Shapes.parsed("an absolute path of this machine", ExportKind::directory),
          "The directory to export to.");
  private static final Field<List<Stage>> STAGES =
      PipelineShape.stages(new SpecReader(WRITTEN, Optional.empty()));
  private static final ObjectShape<Config> SHAPE =
      ObjectShape.of(
          "an export",
          List.of(DIR, STAGES),
          fields -> {
            for (Stage stage : fields.value(STAGES)) {
              if (stage instanceof Stage.Data data && data.patterns().isEmpty()) {
                fields
                    .mistakes()
                    .add(data.place(), "the stage names no patterns", "Add 'patterns:'.");
              }
            }
            return new Config(fields.value(DIR), fields.value(STAGES));
          });

  private static Path directory(String text) {
    Path path = Path.of(text);
    if (!path.isAbsolute()) {
      throw new PondException.Usage(
          "'" + text + "' is not absolute",
          "a node is run from any working directory",
          "Write the path from '/' on.");
    }
    return path.normalize();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public EntryType type() {
    return EntryType.DATA_DYNAMIC;
  }

  @Override
  public Shape<Config> shape() {
    return SHAPE;
  }

  @Override
  public String summary() {
    return "exports data, answers of queries and pages when it is run";
  }

  @Override
  public String example() {
    return """
    dir: /srv/www/site
    stages:
      - {name: Data, type: data_export, patterns: [/reduced/*/*.series], temporal: 'year,month'}
      - name: Index
        type: custom_query
        sql: SELECT capture_value AS site, count(*) AS files FROM export_metadata
             WHERE capture_group = 0 GROUP BY 1 ORDER BY 1
        output_table: sites
      - name: Pages
        type: template_processing
        template_spec:
          collections:
            - name: sites
              in_pattern: /reduced/*/*.series
              out_pattern: $0.md
              template: |
                # {{ args[0] }}
    """;
  }

  @Override
  public ConfigNode embed(ConfigNode config, NodeFactory.TextFiles files, Mistakes mistakes) {
    return PipelineShape.embed(config, new SpecReader(WRITTEN, Optional.of(files)), mistakes);
  }

  @Override
  public DynamicNode open(NodeSite site, Config config) {
    return new Export(site, config);
  }

  private record Export(NodeSite site, Config config) implements ExecutableNode {
    @Override
    public void run(Execution execution) {
      if (!execution.arguments().isEmpty()) {
        throw new PondException.Usage(
            "'" + site.path() + "' takes no arguments", "", "Leave them out.");
      }
      PondTree tree = execution.tree();
      ExportRequest base =
          ExportRequest.builder(config.directory(), List.<PathPattern>of()).build();
      try (QuerySession session = execution.openSession(tree, config.directory())) {
        ExportReport report =
            new Exporter(execution.clock())
                .prepare(
                    new Pipeline(site.source(), config.stages())
                        .identified(List.of("node", site.path().toString())),
                    base,
                    Map.of(),
                    tree,
                    session,
                    ExportListener.NONE)
                .run();
        ExportSummary.brief(report).lines().forEach(execution::print);
        Optional<PondException> failure = report.findFailure();
        if (failure.isPresent()) {
          throw failure.get();
        }
      }
    }

    /** Tables of a query are there only when it runs; that it can be read is known now. */
    @Override
    public void check(QuerySession session) {
      Mistakes mistakes = new Mistakes(site.source());
      for (Stage stage : config.stages()) {
        if (stage instanceof Stage.Query query) {
          try {
            QueryErrors.translating(
                "the query",
                () -> {
                  session.duck().requireSelect(query.sql().value());
                });
          } catch (PondException e) {
            mistakes.add(query.sql().place(), e);
          }
        }
      }
      mistakes.requireNone();
    }

    @Override
    public InputStream open() {
      return site.openConfig();
    }
  }
}
