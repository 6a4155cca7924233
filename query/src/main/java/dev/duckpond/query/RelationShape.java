package dev.duckpond.query;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonException;
import dev.duckpond.tinyfs.ContentFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of one file as they are stored, and which of them holds the event time.
 *
 * <p>Kept with every version of a relation, so that reading opens no footer; see {@code
 * docs/format/series-attributes.md}.
 *
 * @param time empty for rows without an event time
 */
record RelationShape(List<RelationColumn> columns, Optional<StoredTime> time) {
  /** The attribute that holds the columns. */
  static final String SCHEMA = "schema";

  /** The attribute that holds how the time column is stored. */
  static final String TIME_ENCODING = "time_encoding";

  /** The attribute by which a user declares the unit of an integer time column. */
  static final String TIME_UNIT = "time_unit";

  /** The time column of a file and how the file holds it. */
  record StoredTime(String column, TimeEncoding encoding) {}

  RelationShape {
    columns = List.copyOf(columns);
  }

  /**
   * Finds the shape that facts of a version hold; empty when they do not, or were written by
   * somebody whose words this version does not know.
   */
  static Optional<RelationShape> find(ContentFacts facts) {
    String schema = facts.attributes().get(SCHEMA);
    if (schema == null) {
      return Optional.empty();
    }
    Optional<TimeEncoding> encoding =
        Optional.ofNullable(facts.attributes().get(TIME_ENCODING)).flatMap(TimeEncoding::find);
    if (facts.timeColumn().isPresent() && encoding.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<RelationColumn> columns = columns(schema);
      return Optional.of(
          new RelationShape(
              columns, facts.timeColumn().map(name -> new StoredTime(name, encoding.get()))));
    } catch (JsonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Adds what {@link #find} reads. */
  void addTo(ContentFacts.Builder facts) {
    facts.attribute(SCHEMA, schemaText());
    time.ifPresent(known ->
        facts.timeColumn(known.column()).attribute(TIME_ENCODING, known.encoding().word()));
  }

  private String schemaText() {
    List<Json> pairs = new ArrayList<>();
    for (RelationColumn column : columns) {
      pairs.add(JsonArray.ofTexts(List.of(column.name(), column.type())));
    }
    return new JsonArray(pairs).toText();
  }

  private static List<RelationColumn> columns(String schema) {
    List<RelationColumn> columns = new ArrayList<>();
    for (Json pair : Json.parse(schema).asArray()) {
      List<Json> parts = pair.asArray().elements();
      if (parts.size() != 2) {
        throw new IllegalArgumentException("a column is a pair of name and type");
      }
      columns.add(new RelationColumn(parts.get(0).text(), parts.get(1).text()));
    }
    return columns;
  }
}
