package dev.duckpond.factories;

import dev.duckpond.config.Field;
import dev.duckpond.config.ObjectShape;
import dev.duckpond.config.Shape;
import dev.duckpond.config.Shapes;
import dev.duckpond.config.VariantShape;
import dev.duckpond.duckdb.Sql;
import dev.duckpond.duckdb.SqlBuilder;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.query.Computation;
import dev.duckpond.query.Derivation;
import dev.duckpond.query.QuerySession;
import dev.duckpond.query.Reach;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.query.TimeEncoding;
import dev.duckpond.query.TimeHints;
import dev.duckpond.tinyfs.DynamicNode;
import dev.duckpond.tinyfs.EntryType;
import dev.duckpond.tinyfs.PondException;
import dev.duckpond.tinyfs.TimeRange;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Renames, casts and drops columns of whatever it is applied to. */
final class ColumnRename implements Kind<ColumnRename.Config> {
  record Config(List<Rule> rules) {
    /** Finds what becomes of a column; empty when it is dropped. */
    Optional<Output> output(String name) {
      for (Rule rule : rules) {
        switch (rule) {
          case Rule.Direct direct when direct.from().equals(name) -> {
            return Optional.of(new Output(direct.to(), direct.cast()));
          }
          case Rule.Renamed(Replacement found) when found.pattern().matcher(name).find() -> {
            return Optional.of(new Output(found.applied(name), Optional.empty()));
          }
          case Rule.Dropped dropped when dropped.pattern().matcher(name).find() -> {
            return Optional.empty();
          }
          case Rule.Direct other -> {}
          case Rule.Renamed other -> {}
          case Rule.Dropped other -> {}
        }
      }
      return Optional.of(new Output(name, Optional.empty()));
    }
  }

  /** What happens to the columns it is for; the first rule for a column counts. */
  sealed interface Rule {
    /** Renames one column. */
    record Direct(String from, String to, Optional<ColumnCast> cast) implements Rule {}

    /** Renames what a regular expression finds. */
    record Renamed(Replacement replacement) implements Rule {}

    /** Leaves columns out. */
    record Dropped(Pattern pattern) implements Rule {}
  }

  private static final Field<String> FROM =
      Field.required("from", Shapes.text(), "The name of the column, exactly.");
  private static final Field<String> TO =
      Field.required("to", Shapes.text(), "The name that it gets.");
  private static final Field<ColumnCast> CAST =
      Field.optional("cast", Shapes.oneOf(ColumnCast.byWord()), "What its values become.");
  private static final ObjectShape<Rule> DIRECT =
      ObjectShape.of(
          "a rule for one column",
          List.of(FROM, TO, CAST),
          fields -> {
            if (fields.value(TO).isEmpty()) {
              fields.mistake(
                  TO,
                  "the column would have no name",
                  "Write one, or drop it with a rule {type: drop, pattern: …}.");
            }
            return new Rule.Direct(fields.value(FROM), fields.value(TO), fields.find(CAST));
          });

  private static final Field<Pattern> PATTERN =
      Field.required(
          "pattern",
          Shapes.parsed("a regular expression", ColumnRename::parsePattern),
          "A regular expression; it may match a part of the name.");
  private static final Field<String> REPLACEMENT =
      Field.required(
          "replacement", Shapes.text(), "What takes the place of the match; $1 is a group.");
  private static final ObjectShape<Rule> RENAMED =
      ObjectShape.of(
          "a rule for many columns",
          List.of(PATTERN, REPLACEMENT),
          fields -> {
            Pattern pattern = fields.value(PATTERN);
            try {
              return new Rule.Renamed(Replacement.parse(pattern, fields.value(REPLACEMENT)));
            } catch (PondException e) {
              fields.mistakes().add(fields.place(REPLACEMENT), e);
              return new Rule.Dropped(pattern);
            }
          });
  private static final ObjectShape<Rule> DROPPED =
      ObjectShape.of(
          "a rule that drops columns",
          List.of(PATTERN),
          fields -> new Rule.Dropped(fields.value(PATTERN)));

  private static final Field<List<Rule>> RULES =
      Field.required("rules", Shapes.listOf(rule(), 1), "The first that fits a column counts.");
  private static final ObjectShape<Config> SHAPE =
      ObjectShape.of("renaming rules", List.of(RULES), fields -> new Config(fields.value(RULES)));

  private static Shape<Rule> rule() {
    Map<String, ObjectShape<? extends Rule>> kinds = new LinkedHashMap<>();
    kinds.put("direct", DIRECT);
    kinds.put("pattern", RENAMED);
    kinds.put("drop", DROPPED);
    return VariantShape.of("a rule", "type", kinds);
  }

  private static Pattern parsePattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new PondException.Usage(
          "'" + text + "' is not a regular expression", e.getDescription(), "");
    }
  }

  @Override
  public String name() {
    return "column-rename";
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
    return "renames, casts and drops columns; named by 'transforms'";
  }

  @Override
  public String example() {
    return """
    rules:
      - {type: direct, from: Date Time, to: timestamp, cast: timestamp}
      - {type: pattern, pattern: '^(.+) \\((.+)\\)$', replacement: $1.$2}
      - {type: drop, pattern: '^Marked$'}
    """;
  }

  @Override
  public DynamicNode open(NodeSite site, Config config) {
    return new Transform(site, config);
  }

  private record Transform(NodeSite site, Config config) implements TransformNode {
    @Override
    public InputStream open() {
      return site.openConfig();
    }

    @Override
    public Relation apply(QuerySession session, Relation input, String label) {
      Map<String, Sql> columns = new LinkedHashMap<>();
      Map<String, String> sources = new HashMap<>();
      Map<String, String> units = new HashMap<>();
      Optional<String> time = Optional.empty();
      boolean timeIsCast = false;
      for (RelationColumn column : input.columns()) {
        Optional<Output> output = config.output(column.name());
        if (output.isEmpty()) {
          continue;
        }
        String name = output.get().name();
        if (name.isEmpty()) {
          throw new PondException.Invalid(
              "'" + site.path() + "' cannot be applied to '" + label + "'",
              "nothing would be left of the name '" + column.name() + "'",
              "Correct the rule, or drop the column.");
        }
        String other = sources.put(name.toLowerCase(Locale.ROOT), column.name());
        if (other != null) {
          throw new PondException.Invalid(
              "'" + site.path() + "' cannot be applied to '" + label + "'",
              "both '" + other + "' and '" + column.name() + "' would be named '" + name + "'",
              "Drop one of them with a rule {type: drop, pattern: …}.");
        }
        columns.put(name, expression(session, input, label, column, output.get()));
        column.notedUnit().ifPresent(unit -> units.put(name, unit));
        if (input.time().isPresent() && input.time().get().name().equals(column.name())) {
          time = Optional.of(name);
          timeIsCast = output.get().cast().isPresent();
        }
      }
      return relation(session, input, label, columns, timeIsCast ? Optional.empty() : time)
          .noting(ColumnUnits.of(units));
    }

    private Sql expression(
        QuerySession session, Relation input, String label, RelationColumn column, Output output) {
      if (output.cast().isEmpty()) {
        return Sql.identifier(column.name());
      }
      ColumnCast cast = output.cast().get();
      if (!cast.takes(column)) {
        throw new PondException.Invalid(
            "'" + site.path() + "' cannot be applied to '" + label + "'",
            "its column '"
                + column.name()
                + "' is "
                + column.type()
                + ", which does not become "
                + cast.word(),
            "Leave the cast out, or convert the column with a query (sql-derived-series) before.");
      }
      return cast == ColumnCast.TIMESTAMP && column.isInteger()
          ? encoding(session, input, label, column).timestamp(Sql.identifier(column.name()))
          : cast.of(column, site.path());
    }

    /** Integers are taken as a time column of a file is, in the unit that makes dates of them. */
    private TimeEncoding encoding(
        QuerySession session, Relation input, String label, RelationColumn column) {
      TimeHints hints = new TimeHints(Optional.of(column.name()), Optional.empty());
      Relation timed =
          session.queried(
              input.select(TimeRange.ALL), hints, input.extents(), input.derivation(), label);
      return timed.time().orElseThrow().encodings().iterator().next();
    }

    private Relation relation(
        QuerySession session,
        Relation input,
        String label,
        Map<String, Sql> columns,
        Optional<String> time) {
      Sql list =
          Sql.list(
              columns.entrySet().stream()
                  .map(each -> each.getValue().plus(" AS ").plus(Sql.identifier(each.getKey())))
                  .toList(),
              ", ");
      // Another column may become the time, of which nothing is known.
      Reach reach = time.isPresent() ? Reach.INSTANT : Reach.ANY;
      Derivation derivation = input.derivation().then("rename " + list, reach);
      if (time.isPresent()) {
        return session.computed(
            new Computation(
                label,
                range -> renamed(list, input.select(range)),
                time,
                derivation,
                input.extents()));
      }
      return session.queried(
          renamed(list, input.select(TimeRange.ALL)),
          TimeHints.NONE,
          input.extents(),
          derivation,
          label);
    }

    private static Sql renamed(Sql list, Sql input) {
      return new SqlBuilder()
          .text("SELECT ")
          .append(list)
          .text(" FROM (")
          .append(input)
          .text(")")
          .build();
    }
  }

  /** What becomes of a column. */
  record Output(String name, Optional<ColumnCast> cast) {}
}
