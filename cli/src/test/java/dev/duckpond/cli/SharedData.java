package dev.duckpond.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the real measurements that acceptance tests read; they are not part of the project. */
final class SharedData {
  private static final String PROPERTY = "duckpond.shared";

  private SharedData() {}

  /** Answers the folder of the harbour's data; without it the test is skipped, and says so. */
  static Path requireNoyo() {
    String named = System.getProperty(PROPERTY);
    Path noyo =
        named == null
            ? checkout().resolveSibling("shared").resolve("noyo")
            : Path.of(named).resolve("noyo");
    assumeTrue(
        Files.isDirectory(noyo),
        "the real data is not at " + noyo + "; name its folder with -D" + PROPERTY + "=DIR");
    return noyo;
  }

  /** Answers the checkout; tests run in the folder of their module. */
  private static Path checkout() {
    Path module = Path.of("").toAbsolutePath();
    return Files.exists(module.resolve("pond")) ? module : module.resolve("..").normalize();
  }
}
