package dev.duckpond.factories;

import dev.duckpond.config.Reference;
import dev.duckpond.json.JsonObject;
import dev.duckpond.tinyfs.EntryType;

/**
 * What people and editors need to know of one factory.
 *
 * @param summary what it makes, in a line
 * @param example a configuration that works
 * @param keys the keys of the configuration, as lines of text
 * @param schema the JSON Schema of the configuration
 */
public record FactoryReference(
    String name, EntryType type, String summary, String example, String keys, JsonObject schema) {
  static FactoryReference of(Kind<?> kind) {
    JsonObject schema =
        JsonObject.builder()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", kind.name())
            .put("description", kind.summary())
            .build();
    JsonObject.Builder whole = schema.toBuilder();
    kind.shape().schema().members().forEach(whole::put);
    return new FactoryReference(
        kind.name(),
        kind.type(),
        kind.summary(),
        kind.example(),
        Reference.of(kind.shape().schema()),
        whole.build());
  }
}
