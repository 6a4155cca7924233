package dev.duckpond.cli;

import dev.duckpond.factories.FactoryReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the reference of factories as pages, from what {@code pond factories} tells of them. */
public final class ReferencePages {
  private ReferencePages() {}

  /**
   * Writes a page for each factory.
   *
   * @param words the directory to write to, {@code docs/reference/factories}, which is made
   */
  public static void main(String[] words) throws IOException {
    Path directory = Files.createDirectories(Path.of(words[0]));
    for (Map.Entry<String, String> page : pages().entrySet()) {
      Files.writeString(directory.resolve(page.getKey()), page.getValue());
    }
  }

  /** Answers the text of each page by the name of its file. */
  static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    for (FactoryReference reference : AllKinds.with(List.of()).references()) {
      pages.put(reference.name() + ".md", page(reference));
    }
    return pages;
  }

  private static String page(FactoryReference reference) {
    String name = reference.name();
    return """
    # %s

    %s. Its type is `%s`.

        pond mknod %s PATH --config-path FILE

    ## Example

    ```yaml
    %s
    ```

    ## Keys

    ```
    %s
    ```

    `pond factories %s` prints the same, and with `--schema` the JSON Schema, which the distribution has as
    `schemas/%s.schema.json`. This page is made of it: do not edit it, but the class of the factory, and run
    `java -cp "$(echo cli/target/duckpond-*/lib)/*" dev.duckpond.cli.ReferencePages docs/reference/factories`.
    """
        .formatted(
            name,
            sentence(reference.summary()),
            reference.type().text(),
            name,
            reference.example().strip(),
            reference.keys().stripTrailing(),
            name,
            name);
  }

  private static String sentence(String summary) {
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1);
  }
}
