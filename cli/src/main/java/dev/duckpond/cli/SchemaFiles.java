package dev.duckpond.cli;

import dev.duckpond.factories.FactoryReference;
import dev.duckpond.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the JSON Schemas of configurations, for editors; the build runs it for the distribution.
 */
public final class SchemaFiles {
  private static final String SUFFIX = ".schema.json";

  private SchemaFiles() {}

  /**
   * Writes {@code apply.schema.json} and a schema for each factory.
   *
   * @param words the directory to write to, which is made
   */
  public static void main(String[] words) throws IOException {
    Path directory = Files.createDirectories(Path.of(words[0]));
    for (Map.Entry<String, JsonObject> file : schemas().entrySet()) {
      Files.writeString(
          directory.resolve(file.getKey()), file.getValue().toPrettyText().strip() + "\n");
    }
  }

  /** Answers each schema by the name of its file. */
  static Map<String, JsonObject> schemas() {
    Map<String, JsonObject> schemas = new TreeMap<>();
    List<FactoryReference> references = AllKinds.with(List.of()).references();
    references.forEach(reference -> schemas.put(file(reference.name()), reference.schema()));
    schemas.put(
        file("apply"), ApplySchema.of(references.stream().map(FactoryReference::name).toList()));
    return schemas;
  }

  /** Answers the file of a factory's schema, beside that of {@code apply}. */
  static String file(String factory) {
    return factory + SUFFIX;
  }
}
