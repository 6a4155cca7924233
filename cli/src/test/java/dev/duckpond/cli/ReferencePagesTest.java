package dev.duckpond.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.duckpond.json.Json;
import dev.duckpond.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages and schemas of factories are what the factories say. */
class ReferencePagesTest {
  private static final Path PAGES = Path.of("..", "docs", "reference", "factories");
  private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\"\\s*:\\s*\"([^\"#]+)\"");

  @TempDir Path directory;

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void pages_ofTheRepository_areWhatFactoriesTell() throws IOException {
    Map<String, String> pages = ReferencePages.pages();

    assertThat(names(PAGES)).containsExactlyElementsOf(pages.keySet());
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(Files.readString(PAGES.resolve(page.getKey())))
          .as("run ReferencePages, as the end of %s says", page.getKey())
          .isEqualTo(page.getValue());
    }
  }

  @Test
  void schemas_areWholeFilesThatFindEachOther() throws IOException {
    SchemaFiles.main(new String[] {directory.toString()});

    assertThat(names(directory))
        .contains("apply.schema.json", "dynamic-dir.schema.json")
        .hasSize(14);
    for (String name : names(directory)) {
      String text = Files.readString(directory.resolve(name));
      assertThat(Json.parse(text).asObject().findValue("$schema")).as(name).isPresent();
      assertThat(REFERENCE.matcher(text).results().map(found -> found.group(1)))
          .as(name)
          .isSubsetOf(names(directory));
    }
  }

  @Test
  void applySchema_namesEveryFactoryOnce() {
    JsonObject schema = ApplySchema.of(List.of("one", "two"));

    assertThat(REFERENCE.matcher(schema.toText()).results().map(found -> found.group(1)))
        .containsExactly("one.schema.json", "two.schema.json");
    assertThat(schema.toText()).contains("\"mkdir\"", "\"metadata\"", "\"source\"");
  }
}
