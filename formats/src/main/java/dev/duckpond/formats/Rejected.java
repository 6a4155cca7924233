package dev.duckpond.formats;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonException;
import dev.duckpond.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a conversion left out because they are not what the format says; or the place
 * where a file is cut off, beyond which nobody knows what is missing: no line and one problem.
 *
 * @param lines how many were left out
 * @param of how many there were, empty ones not counted
 * @param first the first few, in order
 */
public record Rejected(long lines, long of, List<LineProblem> first) {
  /** The key under which converted Parquet files hold it, when there are any. */
  public static final String METADATA_KEY = "duckpond.rejected";

  public Rejected {
    first = List.copyOf(first);
  }

  /** Tells whether everything is in. */
  public boolean isEmpty() {
    return first.isEmpty();
  }

  /** Answers a sentence for people: what is missing, and why. */
  public String sentence(String label) {
    LineProblem example = first.getFirst();
    if (lines == 0) {
      return "'" + label + "', line " + example.line() + ": " + example.reason();
    }
    return "'"
        + label
        + "': "
        + lines
        + " of "
        + of
        + (of == 1 ? " line" : " lines")
        + " left out; line "
        + example.line()
        + ": "
        + example.reason();
  }

  /** Answers what {@link #parse} reads. */
  public String toText() {
    List<Json> problems = new ArrayList<>();
    for (LineProblem problem : first) {
      problems.add(
          JsonObject.builder().put("line", problem.line()).put("reason", problem.reason()).build());
    }
    return JsonObject.builder()
        .put("lines", lines)
        .put("of", of)
        .put("first", new JsonArray(problems))
        .build()
        .toText();
  }

  /**
   * Reads what a converted file holds.
   *
   * @throws JsonException when it is something else
   */
  public static Rejected parse(String text) {
    JsonObject object = Json.parse(text).asObject();
    List<LineProblem> first = new ArrayList<>();
    for (Json problem : object.require("first").asArray().elements()) {
      first.add(
          new LineProblem(
              problem.asObject().require("line").longValue(),
              problem.asObject().require("reason").text()));
    }
    return new Rejected(
        object.require("lines").longValue(), object.require("of").longValue(), first);
  }
}
