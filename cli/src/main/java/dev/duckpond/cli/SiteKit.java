package dev.duckpond.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files that a web site of a pond is made of. Those of ours are resources of this jar; the
 * library that draws comes with its own, see {@code docs/adr/0011-chart-library.md}.
 */
final class SiteKit {
  private static final String OURS = "/dev/duckpond/cli/site/";
  private static final List<String> OUR_FILES =
      List.of(
          "site.yaml",
          "pages.yaml",
          "frame.html",
          "index.html",
          "page.html",
          "data.js",
          "assets/site.css",
          "assets/site.js");

  /** The version is that of the dependency in {@code pom.xml}; a test compares them. */
  private static final String LIBRARY = "/META-INF/resources/webjars/chart.js/4.5.1/";

  private static final Map<String, String> LIBRARY_FILES =
      Map.of(
          "assets/chart.js", LIBRARY + "dist/chart.umd.min.js",
          "assets/chart.js-LICENSE.md", LIBRARY + "LICENSE.md");

  private final Path directory;

  SiteKit(Path directory) {
    this.directory = directory;
  }

  /** Lists the files, below the directory. */
  static List<String> files() {
    return List.copyOf(resources().keySet());
  }

  private static Map<String, String> resources() {
    Map<String, String> all = new LinkedHashMap<>();
    OUR_FILES.forEach(name -> all.put(name, OURS + name));
    LIBRARY_FILES.keySet().stream().sorted().forEach(name -> all.put(name, require(name)));
    return all;
  }

  private static String require(String name) {
    return Objects.requireNonNull(LIBRARY_FILES.get(name), name);
  }

  /** Lists files that are there already. */
  List<Path> listExisting() {
    return files().stream().map(directory::resolve).filter(Files::exists).toList();
  }

  /** Writes all files, replacing what is there, and answers their places. */
  List<Path> write() throws IOException {
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, String> one : resources().entrySet()) {
      Path file = directory.resolve(one.getKey());
      Files.createDirectories(Objects.requireNonNull(file.getParent(), "below the directory"));
      try (InputStream in =
          Objects.requireNonNull(
              SiteKit.class.getResourceAsStream(one.getValue()), one.getValue())) {
        Files.write(file, in.readAllBytes());
      }
      written.add(file);
    }
    return written;
  }
}
