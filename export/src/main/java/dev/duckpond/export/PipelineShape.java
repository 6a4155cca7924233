package dev.duckpond.export;

import dev.duckpond.config.At;
import dev.duckpond.config.ConfigNode;
import dev.duckpond.config.Field;
import dev.duckpond.config.Fields;
import dev.duckpond.config.Mistakes;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.config.VariantShape;
import dev.duckpond.factories.pages.PageContext;
import dev.duckpond.json.JsonArray;
import dev.duckpond.query.ResultFormat;
import dev.duckpond.tinyfs.PathPattern;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How the stages of a pipeline are written. */
final class PipelineShape {
  static final String STAGES = "stages";
  static final String TEMPLATE_SPEC = "template_spec";
  static final String TYPE = "type";
  static final String DATA_TYPE = "data_export";
  static final String QUERY_TYPE = "custom_query";
  static final String PAGES_TYPE = "template_processing";
  private static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  /** Names, in lower case, of the tables that there are without any stage. */
  static final Set<String> TAKEN =
      Set.of(
          "export_metadata", "export_schema", "pond_nodes", "pond_versions", "pond_transactions");

  static final Field<String> NAME =
      Field.required("name", Shapes.text(), "What messages call the stage.");

  private static final Field<List<At<PathPattern>>> PATTERNS =
      Field.optional(
          "patterns",
          Shapes.listOf(Shapes.at(Shapes.parsed("a pattern of the pond", PathPattern::parse)), 1),
          "What to export; the patterns of the command line when left out.");
  private static final Field<List<TemporalLevel>> TEMPORAL =
      Field.optional(
          "temporal",
          Shapes.parsed("levels such as year,month", TemporalLevel::parse),
          "Levels of the date, with commas.");
  private static final Field<List<String>> PARTITION_BY =
      Field.optional("partition_by", Shapes.listOf(Shapes.text(), 0), "Columns before the levels.");
  private static final Field<Instant> START =
      Field.optional("start_time", instant(), "Rows at this time or later.");
  private static final Field<Instant> END =
      Field.optional("end_time", instant(), "Rows before this time.");
  private static final Field<NullTimePolicy> NULL_TIME =
      Field.optional(
          "null_time",
          Shapes.parsed("fail, skip or partition", NullTimePolicy::parse),
          "Rows without a time.");
  private static final ObjectShape<Stage> DATA =
      ObjectShape.of(
          "a data export",
          List.of(NAME, PATTERNS, TEMPORAL, PARTITION_BY, START, END, NULL_TIME),
          PipelineShape::data);

  static final Field<At<String>> SQL =
      Field.required("sql", Shapes.at(Shapes.text()), "One SELECT over the tables so far.");
  static final Field<At<String>> OUTPUT_TABLE =
      Field.optional(
          "output_table",
          Shapes.at(Shapes.parsed("the name of a table", PipelineShape::table)),
          "The table that later stages see.");
  private static final Field<At<Stage.OutputFile>> OUTPUT_FILE =
      Field.optional(
          "output_file",
          Shapes.at(Shapes.parsed("a file such as index.json", PipelineShape::file)),
          "The file to write; its ending tells the format.");
  private static final ObjectShape<Stage> QUERY =
      ObjectShape.of(
          "a query", List.of(NAME, SQL, OUTPUT_TABLE, OUTPUT_FILE), PipelineShape::query);

  private static final Field<String> KEY =
      Field.required("key", Shapes.parsed("a name", PipelineShape::variable), "Its name.");
  private static final Field<String> VALUE = Field.required("value", Shapes.text(), "Its value.");

  private record Variable(String key, String value) {}

  private static final Field<List<Variable>> VARS =
      Field.optional(
          "vars",
          Shapes.listOf(
              ObjectShape.of(
                  "a variable",
                  List.of(KEY, VALUE),
                  fields -> new Variable(fields.value(KEY), fields.value(VALUE))),
              0),
          List.of(),
          JsonArray.of(),
          "Variables of the templates.");

  private PipelineShape() {}

  /** Answers the field {@code stages}. */
  static Field<List<Stage>> stages(SpecReader specs) {
    return Field.required(STAGES, Shapes.listOf(stage(specs), 1), "What is done, in order.");
  }

  /** Answers how a stage is written. */
  static Shape<Stage> stage(SpecReader specs) {
    Field<SpecReader.Spec> spec =
        Field.required(TEMPLATE_SPEC, specs, "The pages: a file, or collections.");
    Map<String, ObjectShape<? extends Stage>> kinds = new LinkedHashMap<>();
    kinds.put(DATA_TYPE, DATA);
    kinds.put(QUERY_TYPE, QUERY);
    kinds.put(
        PAGES_TYPE,
        ObjectShape.of(
            "a rendering of templates", List.of(NAME, spec, VARS), fields -> pages(fields, spec)));
    return VariantShape.of("a stage", TYPE, kinds);
  }

  /** Answers how a pipeline is written. */
  static Shape<List<Stage>> of(SpecReader specs) {
    Field<List<Stage>> stages = stages(specs);
    return ObjectShape.of("a pipeline", List.of(stages), fields -> fields.value(stages));
  }

  /** Takes the files that a pipeline names into it. */
  static ConfigNode embed(ConfigNode pipeline, SpecReader specs, Mistakes mistakes) {
    if (!(pipeline instanceof ConfigNode.Mapping mapping)
        || !(mapping.find(STAGES).orElse(null) instanceof ConfigNode.Sequence stages)) {
      return pipeline;
    }
    List<ConfigNode> all = new ArrayList<>();
    for (ConfigNode stage : stages.elements()) {
      all.add(
          stage instanceof ConfigNode.Mapping keys && keys.find(TEMPLATE_SPEC).isPresent()
              ? keys.with(
                  TEMPLATE_SPEC, specs.embed(keys.find(TEMPLATE_SPEC).orElseThrow(), mistakes))
              : stage);
    }
    return mapping.with(STAGES, new ConfigNode.Sequence(stages.place(), all));
  }

  private static Stage data(Fields fields) {
    Optional<TimeRange> range = Optional.empty();
    if (fields.has(START) || fields.has(END)) {
      long from = fields.find(START).map(PipelineShape::micros).orElse(TimeRange.ALL.fromMicros());
      long to = fields.find(END).map(PipelineShape::micros).orElse(TimeRange.ALL.toMicros());
      if (from >= to) {
        fields.mistake(END, "the end is not after the start", "Give a later end_time.");
      } else {
        range = Optional.of(new TimeRange(from, to));
      }
    }
    return new Stage.Data(
        fields.value(NAME),
        fields.has(PATTERNS) ? fields.place(PATTERNS) : fields.place(),
        fields.find(PATTERNS),
        fields.find(TEMPORAL),
        fields.find(PARTITION_BY),
        range,
        fields.find(NULL_TIME));
  }

  private static Stage query(Fields fields) {
    if (!fields.has(OUTPUT_TABLE) && !fields.has(OUTPUT_FILE)) {
      fields.mistake(
          SQL, "nothing is done with the answer", "Add output_table, output_file or both.");
    }
    return new Stage.Query(
        fields.value(NAME),
        fields.place(),
        fields.value(SQL),
        fields.find(OUTPUT_TABLE),
        fields.find(OUTPUT_FILE));
  }

  private static Stage pages(Fields fields, Field<SpecReader.Spec> spec) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Variable variable : fields.value(VARS)) {
      if (variables.put(variable.key(), variable.value()) != null) {
        fields.mistake(VARS, "'" + variable.key() + "' stands here twice", "Leave one.");
      }
    }
    SpecReader.Spec read = fields.value(spec);
    return new Stage.Pages(
        fields.value(NAME),
        fields.place(spec),
        read.label().isEmpty() ? fields.value(NAME) : read.label(),
        read.source(),
        read.pages(),
        variables);
  }

  private static String variable(String name) {
    PageContext.requireFree(name);
    return name;
  }

  private static String table(String name) {
    if (!TABLE.matcher(name).matches()) {
      throw new PondException.Usage(
          "'" + name + "' cannot name a table", "", "Use letters, digits and '_'.");
    }
    if (ExportTables.isReserved(name)) {
      throw new PondException.Usage(
          "'" + name + "' cannot name a table",
          "names that begin with '" + ExportTables.RESERVED + "' belong to the export itself",
          "Choose another name.");
    }
    if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new PondException.Usage(
          "'" + name + "' is a table that there is already", "", "Choose another name.");
    }
    return name;
  }

  private static Stage.OutputFile file(String path) {
    for (String name : path.split("/", -1)) {
      String mistake = ExportDirectory.mistakeIn(name);
      if (!mistake.isEmpty()) {
        throw new PondException.Usage(
            "'" + path + "' is no file below the directory of the export",
            "a name in it cannot be used: " + mistake,
            "Write names with '/' between them, short and none of them '..'.");
      }
    }
    if (!ExportDirectory.isPlain(path)) {
      throw new PondException.Usage(
          "'" + path + "' is no file below the directory of the export",
          "names that begin with '" + ExportDirectory.RESERVED + "' belong to the export itself",
          "Choose another name.");
    }
    int dot = path.lastIndexOf('.');
    String ending = dot < 0 ? "" : path.substring(dot + 1);
    Map<String, ResultFormat> known =
        Map.of(
            "json", ResultFormat.JSON,
            "ndjson", ResultFormat.NDJSON,
            "csv", ResultFormat.CSV,
            "tsv", ResultFormat.TSV,
            "md", ResultFormat.MARKDOWN,
            "txt", ResultFormat.TABLE,
            "parquet", ResultFormat.PARQUET,
            "arrow", ResultFormat.ARROW);
    ResultFormat format = known.get(ending);
    if (format == null) {
      throw new PondException.Usage(
          "the ending of '" + path + "' tells no format",
          "",
          "Use json, ndjson, csv, tsv, md, txt, parquet or arrow.");
    }
    return new Stage.OutputFile(path, format);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Shape<Instant> instant() {
    return Shapes.parsed(
        "a time such as 2024-05-30T00:00:00Z",
        text -> {
          try {
            return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
          } catch (DateTimeException e) {
            throw new PondException.Usage(
                "'" + text + "' is not a time", "", "Write it as 2024-05-30T00:00:00Z.");
          }
        });
  }
}
