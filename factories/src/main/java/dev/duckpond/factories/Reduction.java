package dev.duckpond.factories;

import static java.util.Objects.requireNonNull;

import dev.duckpond.config.At;
import dev.duckpond.json.JsonArray;
import dev.duckpond.query.ColumnUnits;
import dev.duckpond.query.Relation;
import dev.duckpond.query.RelationColumn;
import dev.duckpond.tinyfs.DidYouMean;
import dev.duckpond.tinyfs.PondException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    /** An aggregate of a column of the source. */
    record Of(Aggregate aggregate, RelationColumn column, String name) implements Output {
      List<Partial> partials() {
        return aggregate.partials(column);
      }
    }

    /** The number of rows. */
    record Rows(String name) implements Output {}
  }

  Reduction {
    outputs = List.copyOf(outputs);
  }

  /**
   * Decides what requests mean for the columns of a source. A name that this source lacks is left
   * out when another has such a column, and an error when none has.
   *
   * @param others the columns of each other source of the pattern, looked up one after the other;
   *     none of one that cannot tell
   */
  static Reduction of(
      NodeSite site,
      List<Request> requests,
      Relation source,
      String label,
      Iterable<List<String>> others) {
    String time = source.time().orElseThrow().name();
    List<RelationColumn> values =
        source.columns().stream().filter(column -> !column.name().equals(time)).toList();
    List<String> names = values.stream().map(RelationColumn::name).toList();
    Map<String, RelationColumn> byName = new HashMap<>();
    values.forEach(column -> byName.put(column.name(), column));
    Set<Output> outputs = new LinkedHashSet<>();
    List<At<ColumnGlob>> missing = new ArrayList<>();
    for (Request request : requests) {
      if (request.columns().isEmpty()) {
        numeric(values)
            .forEach(
                name -> outputs.add(output(request.aggregate(), requireNonNull(byName.get(name)))));
        continue;
      }
      for (At<ColumnGlob> glob : request.columns().get()) {
        if (request.aggregate() == Aggregate.COUNT && glob.value().text().equals("*")) {
          outputs.add(new Output.Rows(time + ".count"));
          continue;
        }
        List<String> chosen = glob.value().select(names);
        List<String> fitting = fitting(request.aggregate(), glob.value(), chosen, values);
        for (String name : fitting) {
          requireTaken(site, request.aggregate(), glob, requireNonNull(byName.get(name)));
        }
        fitting.forEach(
            name -> outputs.add(output(request.aggregate(), requireNonNull(byName.get(name)))));
        if (chosen.isEmpty()) {
          missing.add(glob);
        }
      }
    }
    if (!values.isEmpty()) {
      for (At<ColumnGlob> glob : missing) {
        if (!glob.value().isPattern()) {
          requireSomewhere(site, glob, names, label, others);
        }
      }
      if (outputs.isEmpty() && !missing.isEmpty()) {
        throw missing(site, missing.getFirst(), "'" + label + "' has no column", names);
      }
    }
    return new Reduction(time, List.copyOf(outputs));
  }

  /** Sources of one pattern may differ, but a name that none of them has is a mistake. */
  private static void requireSomewhere(
      NodeSite site,
      At<ColumnGlob> glob,
      List<String> names,
      String label,
      Iterable<List<String>> others) {
    Set<String> known = new LinkedHashSet<>(names);
    boolean isAlone = true;
    for (List<String> columns : others) {
      if (columns.isEmpty() || columns.contains(glob.value().text())) {
        return;
      }
      known.addAll(columns);
      isAlone = false;
    }
    throw missing(
        site,
        glob,
        isAlone ? "'" + label + "' has no column" : "none of the sources has a column",
        known);
  }

  private static PondException missing(
      NodeSite site, At<ColumnGlob> glob, String problem, Collection<String> known) {
    String text = glob.value().text();
    return site.invalid(
        glob.place(),
        problem + " '" + text + "'",
        DidYouMean.sentence(text, known, "Run 'pond describe' on a source."));
  }

  private static Output output(Aggregate aggregate, RelationColumn column) {
    return new Output.Of(aggregate, column, column.name() + "." + aggregate.word());
  }

  /**
   * Answers the same text for what computes the same columns of rows that are alike, and for
   * nothing else, in every release.
   */
  String recipe() {
    List<String> texts = new ArrayList<>(List.of(timeColumn));
    for (Output output : outputs) {
      switch (output) {
        case Output.Rows rows -> texts.addAll(List.of("rows", rows.name()));
        case Output.Of of ->
            texts.addAll(
                List.of(of.aggregate().word(), of.column().name(), of.column().type(), of.name()));
      }
    }
    return JsonArray.ofTexts(texts).toText();
  }

  /** Answers the units that are noted of the columns of the source, for those of the result. */
  ColumnUnits units() {
    Map<String, String> units = new HashMap<>();
    for (Output output : outputs) {
      switch (output) {
        case Output.Rows rows -> {}
        case Output.Of of -> of.column().notedUnit().ifPresent(unit -> units.put(of.name(), unit));
      }
    }
    return ColumnUnits.of(units);
  }

  /** Lists what has to be known of each bucket, each once. */
  List<Partial> partials() {
    Set<Partial> partials = new LinkedHashSet<>();
    for (Output output : outputs) {
      switch (output) {
        case Output.Rows rows -> partials.add(new Partial.Rows());
        case Output.Of of -> partials.addAll(of.partials());
      }
    }
    return List.copyOf(partials);
  }

  /** Tells whether a column that is asked for holds integers. */
  boolean isOfIntegers(String column) {
    return outputs.stream()
        .anyMatch(output ->
            switch (output) {
              case Output.Rows rows -> false;
              case Output.Of of -> of.column().name().equals(column) && of.column().isInteger();
            });
  }

  /** Tells whether Parquet gives the partials back as they were. */
  boolean isKeepable() {
    return outputs.stream()
        .allMatch(output ->
            switch (output) {
              case Output.Rows rows -> true;
              case Output.Of of -> isKeepable(of.column());
            });
  }

  private static boolean isKeepable(RelationColumn column) {
    return switch (column.type()) {
      case "VARCHAR", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> true;
      // Their sums are wider than anything that Parquet has.
      case "HUGEINT", "UHUGEINT" -> false;
      default -> column.isNumber();
    };
  }

  private static void requireTaken(
      NodeSite site, Aggregate aggregate, At<ColumnGlob> glob, RelationColumn column) {
    if (!aggregate.takes(column)) {
      throw site.invalid(
          glob.place(),
          "'"
              + aggregate.word()
              + "' cannot be taken of '"
              + column.name()
              + "', which holds "
              + column.type(),
          "Name columns of numbers, or take min, max, first, last or count.");
    }
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
