package dev.duckpond.factories;

import dev.duckpond.config.At;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is computed for each bucket of one source.
 *
 * @param timeColumn the time column of the source and of the result
 * @param outputs what is computed, in the order of the columns of the result
 */
record Reduction(String timeColumn, List<Output> outputs) {
  /** How one aggregate was asked for; without columns it is for all that hold numbers. */
  record Request(Aggregate aggregate, Optional<List<At<ColumnGlob>>> columns) {}

  /** One column of the result. */
  sealed interface Output {
    String name();

    /** An aggregate of a column. */
    record Of(Aggregate aggregate, String column, String name) implements Output {}

    /** The number of rows. */
    record Rows(String name) implements Output {}
  }

  Reduction {
    outputs = List.copyOf(outputs);
  }

  /** Decides what requests mean for the columns of a source. */
  static Reduction of(NodeSite site, List<Request> requests, Relation source, String label) {
    String time = source.time().orElseThrow().name();
    List<RelationColumn> values =
        source.columns().stream().filter(column -> !column.name().equals(time)).toList();
    List<String> names = values.stream().map(RelationColumn::name).toList();
    Set<Output> outputs = new LinkedHashSet<>();
    List<At<ColumnGlob>> missing = new ArrayList<>();
    for (Request request : requests) {
      if (request.columns().isEmpty()) {
        numeric(values).forEach(name -> outputs.add(output(request.aggregate(), name)));
        continue;
      }
      for (At<ColumnGlob> glob : request.columns().get()) {
        if (request.aggregate() == Aggregate.COUNT && glob.value().text().equals("*")) {
          outputs.add(new Output.Rows(time + ".count"));
          continue;
        }
        List<String> chosen = glob.value().select(names);
        List<String> fitting = fitting(request.aggregate(), glob.value(), chosen, values);
        fitting.forEach(name -> outputs.add(output(request.aggregate(), name)));
        if (chosen.isEmpty()) {
          missing.add(glob);
        }
      }
    }
    if (outputs.isEmpty() && !missing.isEmpty() && !values.isEmpty()) {
      At<ColumnGlob> first = missing.getFirst();
      throw site.invalid(
          first.place(),
          "'" + label + "' has no column '" + first.value().text() + "'",
          DidYouMean.sentence(first.value().text(), names, "Run 'pond describe' on it."));
    }
    return new Reduction(time, List.copyOf(outputs));
  }

  private static Output output(Aggregate aggregate, String column) {
    return new Output.Of(aggregate, column, column + "." + aggregate.word());
  }

  /** A pattern means columns that hold numbers; a name means itself. */
  private static List<String> fitting(
      Aggregate aggregate, ColumnGlob glob, List<String> chosen, List<RelationColumn> values) {
    boolean isForAll =
        aggregate == Aggregate.COUNT || aggregate == Aggregate.FIRST || aggregate == Aggregate.LAST;
    if (isForAll || !glob.isPattern()) {
      return chosen;
    }
    List<String> numeric = numeric(values);
    return chosen.stream().filter(numeric::contains).toList();
  }

  private static List<String> numeric(List<RelationColumn> columns) {
    return columns.stream().filter(RelationColumn::isNumber).map(RelationColumn::name).toList();
  }
}
