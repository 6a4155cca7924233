package dev.duckpond.cli;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonArray;
import dev.duckpond.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Writes the JSON Schema of a document of {@code pond apply}, which says more to editors. */
final class ApplySchema {
  private ApplySchema() {}

  /**
   * Answers the schema; the configuration of a node refers to the schema of its factory, a file
   * beside this one.
   *
   * @param factories their names
   */
  static JsonObject of(List<String> factories) {
    JsonObject.Builder whole =
        JsonObject.builder()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "pond apply")
            .put("description", "what should be at a path of a pond");
    ApplyDocument.Shape.DOCUMENT.schema().members().forEach(whole::put);
    return whole
        .put(
            "allOf",
            new JsonArray(
                List.of(
                    when("kind", "copy", spec(copy())),
                    when("kind", "mknod", spec(mknod(factories))))))
        .build();
  }

  private static JsonObject copy() {
    return JsonObject.builder()
        .put("type", "object")
        .put("properties", object("source", ApplyDocument.Shape.SOURCE.shape().schema()))
        .put("required", JsonArray.ofTexts(List.of("source")))
        .put("additionalProperties", false)
        .build();
  }

  /** The configuration stands in {@code config}, or beside {@code factory}. */
  private static JsonObject mknod(List<String> factories) {
    List<Json> each = new ArrayList<>();
    for (String factory : factories) {
      JsonObject config = object("$ref", Json.of(SchemaFiles.file(factory)));
      each.add(when("factory", factory, object("properties", object("config", config))));
    }
    return JsonObject.builder()
        .put("type", "object")
        .put("properties", object("factory", object("enum", JsonArray.ofTexts(factories))))
        .put("required", JsonArray.ofTexts(List.of("factory")))
        .put("allOf", new JsonArray(each))
        .build();
  }

  private static JsonObject spec(JsonObject schema) {
    return JsonObject.builder()
        .put("properties", object("spec", schema))
        .put("required", JsonArray.ofTexts(List.of("spec")))
        .build();
  }

  private static JsonObject when(String key, String value, JsonObject then) {
    JsonObject condition =
        JsonObject.builder()
            .put("properties", object(key, object("const", Json.of(value))))
            .put("required", JsonArray.ofTexts(List.of(key)))
            .build();
    return JsonObject.builder().put("if", condition).put("then", then).build();
  }

  private static JsonObject object(String key, Json value) {
    return JsonObject.builder().put(key, value).build();
  }
}
