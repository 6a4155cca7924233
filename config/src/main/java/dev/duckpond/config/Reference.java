package dev.duckpond.config;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import java.util.List;

/** Writes the keys of a configuration as an indented list, from its JSON Schema. */
public final class Reference {
  private Reference() {}

  /** Answers the lines for a schema of {@link Shape#schema()}. */
  public static String of(JsonObject schema) {
    StringBuilder out = new StringBuilder();
    describe(schema, 0, out);
    return out.toString();
  }

  private static void describe(JsonObject schema, int depth, StringBuilder out) {
    schema
        .findValue("properties")
        .ifPresent(properties -> {
          List<String> required =
              schema.findValue("required").map(list -> list.asArray().texts()).orElse(List.of());
          properties
              .asObject()
              .members()
              .forEach((key, value) ->
                  describeKey(key, value.asObject(), required.contains(key), depth, out));
        });
    schema.findValue("items").ifPresent(items -> describe(items.asObject(), depth, out));
    schema
        .findValue("additionalProperties")
        .filter(JsonObject.class::isInstance)
        .ifPresent(values -> describe(values.asObject(), depth, out));
    schema
        .findValue("oneOf")
        .ifPresent(kinds -> {
          for (Json kind : kinds.asArray()) {
            describe(kind.asObject(), depth, out);
          }
        });
  }

  private static void describeKey(
      String key, JsonObject schema, boolean isRequired, int depth, StringBuilder out) {
    String indent = "  ".repeat(depth);
    out.append(indent).append(key);
    schema.findValue("const").ifPresent(value -> out.append(": ").append(value.text()));
    if (!schema.members().containsKey("const")) {
      out.append(isRequired ? " (required)" : "");
    }
    schema.findText("description").ifPresent(text -> out.append("  ").append(text));
    schema
        .findValue("enum")
        .ifPresent(values ->
            out.append(" One of ").append(String.join(", ", values.asArray().texts())).append('.'));
    schema
        .find("default")
        .ifPresent(value -> out.append(" Default: ").append(value.toText()).append('.'));
    out.append('\n');
    describe(schema, depth + 1, out);
  }
}
